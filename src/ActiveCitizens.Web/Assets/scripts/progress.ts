interface Progress {
  /** Between 0 and 1. */
  readonly share: number;
  readonly text: string;
  readonly done: boolean;
}

const everyMilliseconds = 1500;

/**
 * Progress bars that name an address with their state as JSON. Without script the page refreshes itself; with it
 * the bar moves and the page is loaded again once, when the work is done.
 */
export function refreshProgress(): void {
  for (const bar of document.querySelectorAll<HTMLElement>("[data-progress-url]")) {
    void follow(bar, bar.dataset["progressUrl"] ?? "");
  }
}

async function follow(bar: HTMLElement, url: string): Promise<void> {
  const meter = bar.querySelector("progress");
  const text = bar.querySelector<HTMLElement>("[role=status]");
  if (meter === null || text === null) {
    return;
  }

  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, everyMilliseconds));
    try {
      const response = await fetch(url, { headers: { accept: "application/json" } });
      if (!response.ok) {
        continue;
      }

      const progress = (await response.json()) as Progress;
      if (progress.done) {
        location.reload();
        return;
      }

      meter.value = progress.share * meter.max;
      if (text.textContent !== progress.text) {
        text.textContent = progress.text;
      }
    } catch {
      // The connection may come back: the next turn asks again.
    }
  }
}
