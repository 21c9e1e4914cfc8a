// Passkeys: asks the server for a challenge, the device for a signature, and sends it with the form as any other field.
// Without this script, or where the browser has no passkeys, the forms stay hidden and the password does.
for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON || !window.PublicKeyCredential?.parseCreationOptionsFromJSON) continue;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopPropagation();
    const problem = form.querySelector(".error[role=alert]");
    problem.textContent = "";
    try {
      const body = new URLSearchParams({ "form-token": form.elements["form-token"].value });
      const answer = await fetch(form.dataset.options, { method: "POST", body, credentials: "same-origin" });
      if (!answer.ok) throw new Error(answer.statusText);
      const options = await answer.json();
      const credential = form.dataset.passkey === "create"
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    } catch {
      problem.textContent = form.dataset.problem;
    }
  });
}
