import { useEffect, useState } from "../../../vendor/hooks.js";
import { installState, onInstallChange, promptInstall } from "../../lib/install.js";
import { _, gap } from "../../lib/i18n.js";
import { html } from "../html.js";
import { Banner } from "../parts/banner.js";
import { Tap } from "../parts/tap.js";

const OFFERED = "fieldscore.install-offered";

/** In a browser tab on iOS: the phone keeps tabs' data apart and not for long. */
export function InstallFirst() {
  return html`<${Banner} title=${_("Add to Home Screen, then sign in there.")}>
    <p>${_("Tap Share, then Add to Home Screen. In a tab, the phone may clear what is saved after a week.")}</p>
  <//>`;
}

/** The browser's offer to install, once and only here. */
export function InstallOffer() {
  const [state, setState] = useState(installState);
  const [hidden, setHidden] = useState(() => localStorage.getItem(OFFERED) !== null);
  useEffect(() => onInstallChange(setState), []);
  if (state.installed || state.ios || !state.canPrompt || hidden) return null;
  const settle = () => {
    localStorage.setItem(OFFERED, "1");
    setHidden(true);
  };
  const install = async () => {
    await promptInstall();
    settle();
  };
  return html`<div class="card"><div class="row wide">
    <p>
      <strong>${_("Keep Fieldscore on this phone.")}</strong>
      ${gap()}${_("It opens from the home screen, and the phone keeps its data safe.")}
    </p>
    <div class="links">
      <${Tap} look="link strong" tap=${install}>${_("Install")}<//>
      <${Tap} look="link" tap=${settle}>${_("Not now")}<//>
    </div>
  </div></div>`;
}
