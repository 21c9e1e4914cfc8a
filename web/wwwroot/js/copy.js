// Shows the copy buttons, which are of no use without scripts, and copies the field that a button names.
for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const word = button.textContent;
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
      button.textContent = button.dataset.copied;
      setTimeout(() => { button.textContent = word; }, 2000);
    } catch {
      // Not allowed here: selected, it can be copied by hand.
      field.focus();
      field.select();
    }
  });
  field.addEventListener("focus", () => field.select());
}
