interface Mark {
  readonly number: string;
  readonly way: string;
  /** What the button said, to be shown while the mark waits. */
  readonly words: string;
  /** True once a try ended without an answer: the server may have it already. */
  tried: boolean;
  /** The server's words when it refused the mark. */
  refusal?: string;
}

interface Answer {
  readonly number: number;
  readonly result: "marked" | "refused";
  readonly message: string;
}

const retryMilliseconds = 5_000;
const answerMilliseconds = 8_000;

/**
 * Marks of the desk that survive a network cut: kept on the device by number only, sent one after the other when the network is back, and
 * taken off the list by the server's answer alone. A refused mark stays in view until somebody has seen it.
 */
export class MarkQueue {
  readonly #place: HTMLElement;
  readonly #key: string;
  #sending = false;

  constructor(place: HTMLElement) {
    this.#place = place;
    this.#key = `desk:${place.dataset["deskQueue"] ?? ""}`;
  }

  start(): void {
    for (const form of document.querySelectorAll<HTMLFormElement>("form[data-desk-mark]")) {
      form.addEventListener("submit", (event) => this.#take(event, form));
    }
    window.addEventListener("online", () => void this.#send());
    setInterval(() => void this.#send(), retryMilliseconds);
    this.#show();
    void this.#send();
  }

  #take(event: SubmitEvent, form: HTMLFormElement): void {
    const data = new FormData(form, event.submitter);
    const number = String(data.get("Input.Number") ?? "").trim();
    const way = String(data.get("Input.Way") ?? "");
    // An unfinished form goes the plain way: the page says what is missing.
    if (!/^[0-9]+$/.test(number) || way === "") {
      return;
    }

    event.preventDefault();
    const marks = this.#read();
    if (!marks.some((mark) => mark.number === number && mark.way === way && mark.refusal === undefined)) {
      const choice = form.querySelector<HTMLInputElement>("input[type=radio]:checked");
      const words = (event.submitter?.getAttribute("name") === "Input.Way" ? event.submitter.textContent : choice?.labels?.[0]?.textContent) ?? "";
      this.#write([...marks, { number, way, words: words.trim(), tried: false }]);
    }

    form.reset();
    this.#show();
    void this.#send();
  }

  async #send(): Promise<void> {
    if (this.#sending) {
      return;
    }

    this.#sending = true;
    try {
      for (let next = this.#next(); next !== undefined; next = this.#next()) {
        if (!(await this.#sendOne(next))) {
          return;
        }
      }
    } finally {
      this.#sending = false;
      this.#show();
    }
  }

  /** @returns whether the server has answered about this mark. */
  async #sendOne(mark: Mark): Promise<boolean> {
    const form = document.querySelector<HTMLFormElement>("form[data-desk-mark]");
    if (form === null) {
      return false;
    }

    const body = new URLSearchParams();
    for (const name of ["__RequestVerificationToken", "Bureau"]) {
      body.set(name, String(new FormData(form).get(name) ?? ""));
    }
    body.set("Input.Number", mark.number);
    body.set("Input.Way", mark.way);
    body.set("Input.Retry", String(mark.tried));
    this.#change(mark, { ...mark, tried: true });
    try {
      const response = await fetch(location.pathname, { method: "POST", body, headers: { accept: "application/json" }, redirect: "manual", signal: AbortSignal.timeout(answerMilliseconds) });
      if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403 || response.status === 400) {
        this.#say(this.#place.dataset["signIn"] ?? "");
        return false;
      }

      if (!response.ok) {
        throw new Error(`The desk answered ${response.status}.`);
      }

      const answer = (await response.json()) as Answer;
      if (answer.result === "marked") {
        this.#drop(mark);
        this.#say(answer.message);
      } else {
        this.#change(mark, { ...mark, refusal: answer.message });
      }

      return true;
    } catch {
      this.#say(this.#place.dataset["offline"] ?? "");
      return false;
    }
  }

  #next(): Mark | undefined {
    return this.#read().find((mark) => mark.refusal === undefined);
  }

  #read(): Mark[] {
    const kept: unknown = JSON.parse(localStorage.getItem(this.#key) ?? "[]");
    return Array.isArray(kept) ? (kept as Mark[]) : [];
  }

  #write(marks: readonly Mark[]): void {
    localStorage.setItem(this.#key, JSON.stringify(marks));
  }

  #change(mark: Mark, changed: Mark): void {
    this.#write(this.#read().map((one) => (one.number === mark.number && one.way === mark.way && one.refusal === undefined ? changed : one)));
  }

  #drop(mark: Mark): void {
    this.#write(this.#read().filter((one) => one.number !== mark.number || one.way !== mark.way || one.refusal !== undefined));
  }

  #say(words: string): void {
    this.#place.dataset["said"] = words;
    this.#show();
  }

  #show(): void {
    const marks = this.#read();
    const [waiting, refused] = [marks.filter((mark) => mark.refusal === undefined), marks.filter((mark) => mark.refusal !== undefined)];
    const said = this.#place.dataset["said"] ?? "";
    this.#place.hidden = marks.length === 0 && said === "";
    const status = document.createElement("p");
    status.setAttribute("role", "status");
    status.textContent = said;
    this.#place.replaceChildren(status, ...this.#list(this.#place.dataset["refused"] ?? "", refused), ...this.#list(this.#place.dataset["waiting"] ?? "", waiting));
  }

  #list(title: string, marks: readonly Mark[]): HTMLElement[] {
    if (marks.length === 0) {
      return [];
    }

    const heading = document.createElement("h2");
    heading.textContent = `${title} (${marks.length})`;
    const list = document.createElement("ul");
    for (const mark of marks) {
      const item = document.createElement("li");
      item.textContent = mark.refusal ?? `${(this.#place.dataset["number"] ?? "#").replace("#", mark.number)} – ${mark.words}`;
      if (mark.refusal !== undefined) {
        item.setAttribute("role", "alert");
        const seen = document.createElement("button");
        seen.type = "button";
        seen.className = "ds-button";
        seen.dataset["variant"] = "secondary";
        seen.textContent = this.#place.dataset["done"] ?? "";
        seen.addEventListener("click", () => {
          this.#write(this.#read().filter((one) => one.number !== mark.number || one.way !== mark.way || one.refusal !== mark.refusal));
          this.#show();
        });
        item.append(" ", seen);
      }

      list.append(item);
    }

    return [heading, list];
  }
}
