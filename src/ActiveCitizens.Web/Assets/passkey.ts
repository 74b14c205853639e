// A form with data-passkey asks the server for options, the device for a credential, and posts that credential.
const supported = "PublicKeyCredential" in window && "parseRequestOptionsFromJSON" in PublicKeyCredential;

async function credentialFor(form: HTMLFormElement): Promise<Credential | null> {
  const token = form.querySelector<HTMLInputElement>("input[name=__RequestVerificationToken]")?.value ?? "";
  const answer = await fetch(form.dataset.options ?? "", { method: "POST", headers: { RequestVerificationToken: token } });
  if (!answer.ok) {
    throw new Error(`The options were refused: ${answer.status}`);
  }
  const options = await answer.json();
  return form.dataset.passkey === "add"
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
}

for (const form of supported ? document.querySelectorAll<HTMLFormElement>("form[data-passkey]") : []) {
  form.hidden = false;
  const field = form.querySelector<HTMLInputElement>("input[name=credential]");
  const status = form.querySelector<HTMLElement>("[role=status]");
  form.addEventListener("submit", async (event) => {
    if (field === null || field.value !== "") {
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    try {
      const credential = await credentialFor(form);
      field.value = JSON.stringify(credential);
      form.submit();
    } catch {
      // The person cancelled, or the device has no passkey for this site: say so and let them try another way.
      if (status !== null) {
        status.textContent = form.dataset.failed ?? "";
      }
    }
  }, { capture: true });
}
