import { BoothError, startBooth, type BoothClient } from "./booth/booth-client";
import { splitLetterCode } from "./booth/letter-code";
import { save } from "./scripts/save-file";

/*
 * The voting booth's page. The worker makes the ballot; this script leads through the four steps. What is typed stays in the page until the
 * encrypted ballot is cast, and the code of the letter never leaves it at all.
 */

type Step = "1" | "2" | "3" | "4" | "audit" | "done";
type Problem = readonly [field: string, message: string];

interface CastReply {
  readonly next: "Done" | "Identify" | "Choose" | "Wait" | "Stop";
  readonly title: string;
  readonly text: string;
  readonly tracker: string | null;
  readonly mailed: boolean;
}

const form = find("booth", HTMLFormElement);
const texts = JSON.parse(find("booth-texts", HTMLScriptElement).textContent ?? "{}") as Record<string, string>;
const status = find("booth-status", HTMLElement);
const code = find("Input_Code", HTMLInputElement);
const [base, min, max] = [form.dataset["base"] ?? "", Number(form.dataset["min"]), Number(form.dataset["max"])];
const answers = [...form.querySelectorAll<HTMLInputElement>("input[data-answer]")];
const blank = document.querySelector<HTMLInputElement>("#blank");
const pageTitle = document.title;
let client: Promise<BoothClient> | undefined;
let publicList: Promise<ReadonlySet<string>> | undefined;
let identity: { number: number; secret: string; credential: string } | undefined;
let made: { ballot: string; tracker: string; audit?: string } | undefined;
let shown: Step = "1";
let busy = false;

function find<T extends Element>(id: string, type: abstract new (...a: never[]) => T): T {
  const element = document.getElementById(id);
  if (!(element instanceof type)) {
    throw new Error(`the page lacks ${id}`);
  }
  return element;
}

function say(key: string, ...values: (string | number)[]): string {
  return (texts[key] ?? key).replace(/\{(\d)\}/g, (_, place: string) => String(values[Number(place)]));
}

/** Shows a step and puts the focus on its heading, which screen readers then read with its number. */
function show(step: Step): void {
  shown = step;
  for (const section of form.querySelectorAll<HTMLElement>("section[data-step]")) {
    section.hidden = section.dataset["step"] !== step;
  }
  complain([]);
  find("refusal", HTMLElement).hidden = true;
  status.textContent = "";
  const heading = find(`step-${step}`, HTMLHeadingElement);
  document.title = `${heading.textContent?.trim().replace(/\s+/g, " ")} – ${pageTitle}`;
  heading.focus();
  heading.scrollIntoView({ block: "start" });
}

/** The list of what to correct, each line leading to its field, and the same words beside the fields. */
function complain(problems: readonly Problem[]): void {
  for (const old of form.querySelectorAll(".booth-error")) {
    old.remove();
  }
  for (const field of form.querySelectorAll<HTMLElement>("[aria-invalid]")) {
    field.removeAttribute("aria-invalid");
    field.setAttribute("aria-describedby", (field.getAttribute("aria-describedby") ?? "").replace(/ ?\S+-problem/, ""));
  }
  const box = find("booth-errors", HTMLElement);
  box.hidden = problems.length === 0;
  if (problems.length === 0) {
    return;
  }
  find("booth-errors-title", HTMLElement).textContent = say(problems.length === 1 ? "problem" : "problems", problems.length);
  box.querySelector("ul")!.replaceChildren(...problems.map(([id, message]) => {
    const link = document.createElement("a");
    link.href = `#${id}`;
    link.textContent = message;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      document.getElementById(id)?.focus();
    });
    const item = document.createElement("li");
    item.append(link);
    const field = document.getElementById(id);
    if (field !== null) {
      const beside = document.createElement("p");
      beside.className = "ds-validation-message booth-error";
      beside.id = `${id}-problem`;
      beside.dataset["field"] = "validation";
      beside.textContent = message;
      const target = field.closest(".birth, .booth__choices, .form-field") ?? field;
      (target.querySelector(".birth__fields") ?? target.querySelector("input, .booth__choice"))?.before(beside);
      field.setAttribute("aria-invalid", "true");
      field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${beside.id}`.trim());
    }
    return item;
  }));
  box.focus();
  box.scrollIntoView({ block: "start" });
}

/** Starts the worker and reads the election while the person still reads the page; a failed start is tried again when it is needed. */
function prepare(): Promise<BoothClient> {
  client ??= (async () => {
    try {
      const [started, file] = await Promise.all([startBooth(form.dataset["worker"] ?? "", form.dataset["integrity"] ?? ""), get("election.json")]);
      await started.prepare(new Uint8Array(await file.arrayBuffer()));
      return started;
    } catch (e) {
      client = undefined;
      throw e;
    }
  })();
  return client;
}

async function get(name: string): Promise<Response> {
  const answer = await fetch(`${base}/${name}`, { credentials: "omit" });
  if (!answer.ok) {
    throw new Error(`${name}: ${answer.status}`);
  }
  return answer;
}

/** The public list is fetched whole and compared here, so that nobody learns which code was typed. */
function listed(): Promise<ReadonlySet<string>> {
  publicList ??= get("credentials.json").then(async (answer) => new Set(((await answer.json()) as string[]).map((entry) => entry.split(",")[0] ?? "")), (e: unknown) => {
    publicList = undefined;
    throw e;
  });
  return publicList;
}

function value(id: string): string {
  return document.querySelector<HTMLInputElement>(`#${id}`)?.value.trim() ?? "";
}

/** The second secret as the server wants it. */
function readSecret(): string | Problem {
  if (form.dataset["secret"] === "EmailCode") {
    const digits = value("Secret_Code").replace(/\s/g, "");
    return /^\d{6}$/.test(digits) ? digits : ["Secret_Code", say("emailCodeWrong")];
  }
  const [day, month, year] = [value("Secret_Day"), value("Secret_Month"), value("Secret_Year")].map((part) => /^\d{1,4}$/.test(part) ? Number(part) : 0) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  const holds = year >= 1850 && date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return holds ? date.toISOString().slice(0, 10) : ["Secret_Day", say("dateWrong")];
}

async function identify(): Promise<boolean> {
  const problems: Problem[] = [];
  const { number, credential } = splitLetterCode(code.value);
  if (code.value.trim() === "") {
    problems.push([code.id, say("codeMissing")]);
  } else if (number === undefined) {
    problems.push([code.id, say("numberMissing")]);
  } else {
    status.textContent = say("checking");
    try {
      const [booth, list] = await Promise.all([prepare(), listed()]);
      if (!list.has(await booth.identify(credential))) {
        problems.push([code.id, say("codeUnknown")]);
      }
    } catch (e) {
      if (!(e instanceof BoothError && e.refusal.kind === "bad-credential")) {
        status.textContent = "";
        complain([[code.id, say("unprepared")]]);
        return false;
      }
      const { reading } = e.refusal;
      problems.push([code.id, reading.kind === "wrong-length" ? say("codeLength", reading.length) : say("codeCharacter", reading.character, reading.position)]);
    }
  }
  const secret = readSecret();
  if (typeof secret !== "string") {
    problems.push(secret);
  }
  status.textContent = "";
  complain(problems);
  if (problems.length > 0 || typeof secret !== "string") {
    return false;
  }
  identity = { number: number!, secret, credential };
  return true;
}

function chosen(): HTMLInputElement[] {
  return answers.filter((answer) => answer.checked);
}

function recount(): void {
  find("chosen", HTMLElement).textContent = blank?.checked === true && chosen().length === 0 ? say("chosenBlank") : say("chosen", chosen().length, max);
}

function choose(): boolean {
  const count = chosen().length;
  const first = answers[0]?.id ?? "choices";
  const problem: Problem | undefined = blank?.checked === true
    ? (count > 0 ? [blank.id, say("blankWithChoices")] : undefined)
    : count < min ? [first, say("tooFew")] : count > max ? [first, say("tooMany", count, max)] : undefined;
  complain(problem === undefined ? [] : [problem]);
  return problem === undefined;
}

async function encrypt(): Promise<void> {
  made = undefined;
  find("summary", HTMLElement).replaceChildren(...(blank?.checked === true ? [blank] : chosen()).map((input) => {
    const item = document.createElement("li");
    item.textContent = form.querySelector(`label[for="${input.id}"]`)?.textContent ?? "";
    return item;
  }));
  const bar = find("encrypting", HTMLProgressElement);
  find("encrypted", HTMLElement).hidden = true;
  bar.hidden = false;
  bar.value = 0;
  show("3");
  status.textContent = say("encrypting", 0);
  const values = answers.map((answer) => answer.checked ? 1 : 0);
  const choices = [blank === null ? values : [blank.checked ? 1 : 0, ...values]];
  try {
    const booth = await prepare();
    const { ballot, tracker } = await booth.encrypt(identity!.credential, choices, (done, total) => {
      bar.value = Math.round(100 * done / total);
    });
    made = { ballot, tracker };
    find("tracker", HTMLOutputElement).value = tracker;
    find("done-tracker", HTMLOutputElement).value = tracker;
    find("encrypted", HTMLElement).hidden = false;
    status.textContent = say("encrypted");
  } catch {
    show("2");
    complain([[answers[0]?.id ?? "choices", say("unprepared")]]);
  } finally {
    bar.hidden = true;
  }
}

function body(entries: Readonly<Record<string, string>>): URLSearchParams {
  const token = form.querySelector<HTMLInputElement>("input[name=__RequestVerificationToken]")?.value ?? "";
  return new URLSearchParams({ __RequestVerificationToken: token, ...entries });
}

function refuse(title: string, text: string): void {
  status.textContent = "";
  const box = find("refusal", HTMLElement);
  const [head, words] = box.querySelectorAll("p");
  head!.textContent = title;
  words!.textContent = text;
  box.hidden = false;
  box.focus();
}

/** Sends the ballot. The same ballot can be sent again after a lost connection: the box takes it once. */
async function cast(): Promise<void> {
  if (made === undefined || identity === undefined) {
    show(identity === undefined ? "1" : "2");
    return;
  }
  const email = find("Receipt_Email", HTMLInputElement);
  complain(email.value.trim() !== "" && !/^\S+@\S+\.\S+$/.test(email.value.trim()) ? [[email.id, say("emailWrong")]] : []);
  if (email.getAttribute("aria-invalid") === "true") {
    return;
  }
  const button = find("cast", HTMLButtonElement);
  find("refusal", HTMLElement).hidden = true;
  status.textContent = say("sending");
  let answer: Response;
  let reply: CastReply | undefined;
  try {
    answer = await fetch(`${base}/cast`, {
      method: "POST",
      body: body({ number: String(identity.number), secret: identity.secret, ballot: made.ballot, email: email.value.trim() }),
      signal: AbortSignal.timeout(45_000),
    });
    reply = answer.headers.get("content-type")?.includes("json") === true ? await answer.json() as CastReply : undefined;
  } catch {
    button.lastChild!.textContent = say("again");
    refuse(say("offline"), "");
    return;
  }
  if (reply === undefined || !("next" in reply)) {
    refuse(say(answer.status === 429 ? "busy" : answer.status === 400 ? "expired" : "failed"), "");
    return;
  }
  switch (reply.next) {
    case "Done":
      void (await prepare()).forget();
      identity = undefined;
      find("step-done", HTMLElement).textContent = reply.title;
      find("done-text", HTMLElement).textContent = reply.text;
      find("done-mailed", HTMLElement).hidden = !reply.mailed;
      find("done-mailed", HTMLElement).textContent = say("mailed");
      for (const field of form.querySelectorAll<HTMLInputElement>("input[type=text], input[type=email]")) {
        field.value = "";
      }
      for (const box of form.querySelectorAll<HTMLInputElement>("input[type=checkbox]")) {
        box.checked = false;
      }
      history.replaceState({ step: "done" }, "");
      show("done");
      break;
    case "Identify":
      go("1");
      complain([[form.dataset["secret"] === "EmailCode" ? "Secret_Code" : code.id, `${reply.title}. ${reply.text}`]]);
      break;
    case "Choose":
      go("2");
      complain([[answers[0]?.id ?? "choices", `${reply.title}. ${reply.text}`]]);
      break;
    default:
      refuse(reply.title, reply.text);
  }
}

/** The server is told first: from then on it refuses the ballot, whoever sends it. */
async function audit(): Promise<void> {
  if (made === undefined) {
    return;
  }
  try {
    const answer = await fetch(`${base}/audit`, { method: "POST", body: body({ ballot: made.ballot }) });
    if (!answer.ok) {
      throw new Error(`audit: ${answer.status}`);
    }
    made.audit = await (await prepare()).audit();
    show("audit");
  } catch {
    status.textContent = say("auditFailed");
  }
}

async function sendCode(): Promise<void> {
  const { number } = splitLetterCode(code.value);
  if (number === undefined) {
    complain([[code.id, say("numberForCode")]]);
    return;
  }
  complain([]);
  try {
    const answer = await fetch(`${base}/code`, { method: "POST", body: body({ "Input.Number": String(number) }) });
    status.textContent = say(answer.ok ? "codeSent" : answer.status === 429 ? "busy" : "failed");
  } catch {
    status.textContent = say("unprepared");
  }
}

function go(step: Step): void {
  if (step !== shown) {
    history.pushState({ step }, "");
    show(step);
  }
}

async function forward(to: string): Promise<void> {
  if (to === "2" && (shown !== "1" || await identify())) {
    go("2");
  } else if (to === "3" && shown === "4") {
    go("3");
  } else if (to === "3" && choose()) {
    history.pushState({ step: "3" }, "");
    await encrypt();
  } else if (to === "4" && made !== undefined && made.audit === undefined) {
    go("4");
  } else if (to === "1") {
    go("1");
  }
}

/** One thing at a time: a second press while the first one works does nothing. */
function once(work: () => Promise<void> | void): () => void {
  return () => {
    if (!busy) {
      busy = true;
      void Promise.resolve(work()).finally(() => {
        busy = false;
      });
    }
  };
}

for (const button of form.querySelectorAll<HTMLButtonElement>("button[data-go]")) {
  button.addEventListener("click", once(() => forward(button.dataset["go"] ?? "")));
}
for (const button of form.querySelectorAll<HTMLButtonElement>("button[data-tracker]")) {
  button.addEventListener("click", () => void tracker(button.dataset["tracker"]));
}
for (const button of form.querySelectorAll<HTMLButtonElement>("button[data-file]")) {
  button.addEventListener("click", () => save(button.dataset["file"]!, (button.dataset["file"] === "audit.json" ? made?.audit : made?.ballot) ?? "", "application/json"));
}

async function tracker(act: string | undefined): Promise<void> {
  const number = find("tracker", HTMLOutputElement).value;
  if (act === "copy") {
    status.textContent = await navigator.clipboard.writeText(number).then(() => say("copied"), () => say("notCopied"));
  } else if (act === "save") {
    save("suivi.txt", `${pageTitle}\n${say("receipt")}\n${number}\n${location.origin}${base.replace("/vote/", "/elections/")}\n`, "text/plain");
  } else {
    print();
  }
}

document.querySelector("#send-code")?.addEventListener("click", once(sendCode));
find("audit", HTMLButtonElement).addEventListener("click", once(audit));
form.addEventListener("change", recount);
// In a text field, Enter means: go on.
form.addEventListener("submit", (event) => {
  event.preventDefault();
  event.stopPropagation();
  once(() => shown === "1" ? forward("2") : shown === "4" ? cast() : undefined)();
});
form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && shown === "1" && event.target instanceof HTMLInputElement) {
    event.preventDefault();
    once(() => forward("2"))();
  }
});
window.addEventListener("popstate", ({ state }: PopStateEvent) => {
  const step = (state as { step?: Step } | null)?.step ?? "1";
  if (shown !== "done" && (step === "1" || (identity !== undefined && (step === "2" || (made !== undefined && made.audit === undefined && (step === "3" || step === "4")))))) {
    show(step);
  }
});

// A QR code in the letter leads here with the code behind the #, which browsers never send; it is taken out of the address at once.
if (location.hash.length > 10) {
  code.value = decodeURIComponent(location.hash.slice(1)).replaceAll("_", " ");
  history.replaceState({ step: "1" }, "", location.pathname + location.search);
}
form.hidden = false;
recount();
void prepare().catch(() => undefined);
void listed().catch(() => undefined);
