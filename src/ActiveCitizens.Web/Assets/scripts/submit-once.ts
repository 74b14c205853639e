/**
 * A second click on a slow connection is kept from sending twice. The database decides anyway; this only spares
 * the person a message. The form opens again when the page comes back from the browser's history.
 */
export function sendFormsOnce(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== "post" || event.defaultPrevented) {
      return;
    }

    if (form.dataset["sent"] === "true") {
      event.preventDefault();
      return;
    }

    form.dataset["sent"] = "true";
    setTimeout(() => delete form.dataset["sent"], 10_000);
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.forms) {
      delete form.dataset["sent"];
    }
  });
}
