// A form that is on its way is not sent a second time by an impatient press; coming back to the page frees it again.
// Without this script a second press gets the first answer, by the hidden key.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
});
addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});
