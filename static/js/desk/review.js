/** A review's page: a written reason makes Return the filled button, none makes it Accept. The page brings the words. */
const sheet = document.querySelector("[data-review]");
const back = sheet?.querySelector("[data-return]");
const accept = sheet?.querySelector("[data-accept]");

const count = () => [...sheet.querySelectorAll('textarea[name^="reason-"], textarea[name="whole"]')].filter((input) => input.value.trim()).length;

const weigh = () => {
  const reasons = count();
  const { none, one, more } = back.dataset;
  back.textContent = ([none, one][reasons] ?? more).replace("{n}", reasons);
  back.classList.toggle("filled", reasons > 0);
  accept.classList.toggle("filled", reasons === 0);
};

/** Marks a photo without leaving the page; where that fails, the button does what it does without a script. */
const mark = async (event) => {
  const button = event.submitter;
  if (!button?.matches("[data-printable]") || button.dataset.printable === "plain") return;
  event.preventDefault();
  const body = new FormData(sheet, button);
  const answer = await fetch(button.formAction, { method: "POST", body, headers: { "X-Requested-With": "fieldscore" } }).catch(() => null);
  if (!answer?.ok) {
    button.dataset.printable = "plain";
    sheet.requestSubmit(button);
    return;
  }
  const marked = button.value === "yes";
  button.ariaPressed = String(marked);
  button.value = marked ? "no" : "yes";
};

if (sheet) {
  sheet.addEventListener("input", weigh);
  sheet.addEventListener("submit", mark);
  sheet.addEventListener("toggle", ({ target }) => target.open && target.querySelector("textarea")?.focus(), true);
  weigh();
}
