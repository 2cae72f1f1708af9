/** The phone's menu closes on Escape and gives the focus back. */
const menu = document.querySelector(".desk-menu");

menu?.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
