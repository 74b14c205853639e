/** Buttons that copy the text of the element they name, and say so to everyone. */
export function copyButtons(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-copy]")) {
    const source = document.getElementById(button.dataset["copy"] ?? "");
    const status = button.parentElement?.querySelector<HTMLElement>("[role=status]");
    if (source === null || !status || !navigator.clipboard) {
      continue;
    }

    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(source.textContent?.trim() ?? "");
      status.textContent = button.dataset["copied"] ?? "";
      setTimeout(() => {
        status.textContent = "";
      }, 4000);
    });
  }
}
