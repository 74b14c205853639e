/** Buttons that show what was typed in a password field; hidden until a script can serve them. */
export function showPasswords(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-show-password]")) {
    const input = document.getElementById(button.dataset["showPassword"] ?? "");
    if (!(input instanceof HTMLInputElement)) {
      continue;
    }

    const show = button.textContent ?? "";
    const hide = button.dataset["hide"] ?? show;
    button.hidden = false;
    button.addEventListener("click", () => {
      const shown = input.type === "text";
      input.type = shown ? "password" : "text";
      button.textContent = shown ? show : hide;
    });
    // A browser must not remember a password as if it were a name.
    input.form?.addEventListener("submit", () => {
      input.type = "password";
    });
  }
}
