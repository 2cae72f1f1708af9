/** Passkeys: the server says what to sign, the browser signs it, and the button's own form carries the answer. */
const known = globalThis.PublicKeyCredential;

const ask = async (button) => {
  const body = new FormData();
  body.set("csrf_token", button.form.elements.csrf_token.value);
  const answer = await fetch(button.dataset.passkey, { method: "POST", body });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
};

const sign = async (button) => {
  const asked = await ask(button);
  return "make" in button.dataset
    ? navigator.credentials.create({ publicKey: known.parseCreationOptionsFromJSON(asked) })
    : navigator.credentials.get({ publicKey: known.parseRequestOptionsFromJSON(asked) });
};

const press = async ({ currentTarget: button }) => {
  const wrong = button.parentElement.querySelector("[role=alert]");
  wrong.hidden = true;
  try {
    const credential = await sign(button);
    button.form.elements[button.dataset.into].value = JSON.stringify(credential.toJSON());
    button.form.submit();
  } catch {
    wrong.hidden = false;
  }
};

if (known?.parseRequestOptionsFromJSON) {
  for (const part of document.querySelectorAll("[data-passkey-part]")) {
    part.hidden = false;
    part.querySelector("button").addEventListener("click", press);
  }
}
