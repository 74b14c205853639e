const quietMilliseconds = 600;

/** Says under a text area how many characters are left, on the screen at once and aloud after a pause in typing. */
export function countCharacters(): void {
  for (const counter of document.querySelectorAll<HTMLElement>("[data-limit]")) {
    const area = counter.parentElement?.querySelector("textarea");
    if (!area) {
      continue;
    }

    const spoken = document.createElement("span");
    spoken.className = "visually-hidden";
    spoken.setAttribute("role", "status");
    counter.after(spoken);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const count = (): void => {
      const left = Number(counter.dataset["limit"]) - area.value.length;
      counter.dataset["state"] = left < 0 ? "over" : "under";
      counter.textContent = (counter.dataset[left < 0 ? "over" : "under"] ?? "").replace("%d", Math.abs(left).toLocaleString(document.documentElement.lang));
    };
    count();
    area.addEventListener("input", () => {
      count();
      clearTimeout(timer);
      timer = setTimeout(() => {
        spoken.textContent = counter.textContent;
      }, quietMilliseconds);
    });
  }
}
