// The whole booth in one page that a person keeps and opens without a network: an election's file and a credential become a ballot.
import { Booth } from "./booth.js";
import { readCredential } from "./credentials.js";
import { findProblem, readElection, type ChoicesProblem, type Election, type Question } from "./election.js";
import { splitLetterCode } from "./letter-code.js";
import { say, type Language, type TextKey } from "./standalone-texts.js";
import type { BoothAnswer, BoothRequest } from "./worker-protocol.js";

interface Message {
  readonly key: TextKey;
  readonly values?: readonly (string | number)[];
}

const booth = new Booth();
let election: Election | undefined;
let language: Language = "fr";

function find<T extends HTMLElement>(id: string, type: new () => T): T {
  const element = document.getElementById(id);
  if (!(element instanceof type)) {
    throw new Error(`the page lacks ${id}`);
  }
  return element;
}

const errors = find("errors", HTMLDivElement);
const status = find("status", HTMLParagraphElement);
const questions = find("questions", HTMLDivElement);
const credential = find("credential", HTMLInputElement);
const ballot = find("ballot", HTMLTextAreaElement);
const auditText = find("audit-text", HTMLTextAreaElement);

/** A text that follows the language when it changes. */
function write(element: HTMLElement, { key, values = [] }: Message): void {
  element.dataset["text"] = key;
  element.dataset["values"] = JSON.stringify(values);
  element.textContent = say(language, key, values);
}

function translate(): void {
  document.documentElement.lang = language;
  document.title = say(language, "title");
  for (const element of document.querySelectorAll<HTMLElement>("[data-text]")) {
    const values = JSON.parse(element.dataset["values"] ?? "[]") as (string | number)[];
    element.textContent = say(language, element.dataset["text"] as TextKey, values);
  }
}

function show(id: string, shown: boolean): void {
  find(id, HTMLElement).hidden = !shown;
}

function ask(request: BoothRequest): BoothAnswer {
  let last: BoothAnswer | undefined;
  booth.handle(request, (answer) => {
    last = answer;
  });
  return last ?? { id: request.id, type: "refused", refusal: { kind: "failed", detail: "no answer" } };
}

function complain(messages: readonly Message[]): void {
  errors.replaceChildren(...messages.map((message) => {
    const paragraph = document.createElement("p");
    write(paragraph, message);
    return paragraph;
  }));
  if (messages.length > 0) {
    errors.focus();
  }
}

/** What was made before is for other choices. */
function startAgain(): void {
  ask({ id: 0, type: "forget" });
  ballot.value = "";
  auditText.value = "";
  status.textContent = "";
  show("result", false);
  show("audited", false);
}

function drawQuestion(question: Question, index: number): HTMLElement {
  const set = document.createElement("fieldset");
  const legend = document.createElement("legend");
  legend.textContent = question.text;
  const range = document.createElement("p");
  write(range, { key: "range", values: [question.min, question.max] });
  const count = document.createElement("p");
  count.setAttribute("role", "status");
  const recount = (): void => {
    const chosen = set.querySelectorAll("input[data-answer]:checked").length;
    write(count, { key: "chosen", values: [chosen, question.max] });
  };
  const box = (id: string, label: string | Message): HTMLElement => {
    const row = document.createElement("div");
    row.className = "choice";
    const input = document.createElement("input");
    input.type = "checkbox";
    input.id = id;
    const name = document.createElement("label");
    name.htmlFor = id;
    if (typeof label === "string") {
      input.dataset["answer"] = "";
      name.textContent = label;
    } else {
      write(name, label);
    }
    row.append(input, name);
    return row;
  };
  set.append(legend, range, ...question.answers.map((answer, k) => box(`q${index}-${k}`, answer)));
  if (question.blank) {
    set.append(box(`q${index}-blank`, { key: "blank" }));
  }
  set.append(count);
  set.addEventListener("change", () => {
    recount();
    startAgain();
  });
  recount();
  return set;
}

function readChoices({ questions: asked }: Election): number[][] {
  const checked = (id: string): number => find(id, HTMLInputElement).checked ? 1 : 0;
  return asked.map((question, i) => [...(question.blank ? [checked(`q${i}-blank`)] : []), ...question.answers.map((_, k) => checked(`q${i}-${k}`))]);
}

function explain({ questions: asked }: Election, problem: ChoicesProblem): Message {
  const question = asked[problem.question]?.text ?? "";
  switch (problem.kind) {
    case "too-few":
      return { key: "tooFew", values: [question, problem.chosen, problem.min] };
    case "too-many":
      return { key: "tooMany", values: [question, problem.chosen, problem.max] };
    case "blank-with-choices":
      return { key: "blankWithChoices", values: [question] };
    case "wrong-shape":
      return { key: "failed", values: [problem.kind] };
  }
}

async function open(file: File | undefined): Promise<void> {
  startAgain();
  election = undefined;
  complain([]);
  show("vote", false);
  find("election", HTMLDivElement).replaceChildren();
  if (file === undefined) {
    return;
  }
  // A newline that an editor or another tool wrote after the document does not belong to it.
  const bytes = new Uint8Array(await file.arrayBuffer());
  const content = bytes[bytes.length - 1] === 10 ? bytes.slice(0, -1) : bytes;
  const answer = ask({ id: 0, type: "prepare", election: content });
  if (answer.type !== "prepared") {
    complain([{ key: "badElection" }]);
    return;
  }
  election = readElection(content);
  write(find("election", HTMLDivElement), { key: "electionRead", values: [election.name, election.fingerprint] });
  questions.replaceChildren(...election.questions.map(drawQuestion));
  show("vote", true);
}

function encrypt(): void {
  startAgain();
  if (election === undefined) {
    complain([{ key: "noElection" }]);
    return;
  }
  const choices = readChoices(election);
  const messages: Message[] = [];
  const problem = findProblem(election.questions, choices);
  if (problem !== undefined) {
    messages.push(explain(election, problem));
  }
  const reading = readCredential(splitLetterCode(credential.value).credential);
  if (reading.kind === "wrong-length") {
    messages.push({ key: "credentialLength", values: [reading.length] });
  } else if (reading.kind === "wrong-character") {
    messages.push({ key: "credentialCharacter", values: [reading.character, reading.position] });
  }
  complain(messages);
  if (messages.length > 0) {
    return;
  }
  const answer = ask({ id: 0, type: "encrypt", credential: splitLetterCode(credential.value).credential, choices });
  if (answer.type !== "encrypted") {
    complain([{ key: "failed", values: [answer.type === "refused" ? answer.refusal.kind : answer.type] }]);
    return;
  }
  ballot.value = answer.ballot;
  find("tracker", HTMLOutputElement).value = answer.tracker;
  show("result", true);
  find("result-title", HTMLHeadingElement).focus();
}

function audit(): void {
  const answer = ask({ id: 0, type: "audit" });
  if (answer.type === "audited") {
    auditText.value = answer.audit;
    show("result", false);
    show("audited", true);
    find("audited-title", HTMLHeadingElement).focus();
  }
}

async function copy(area: HTMLTextAreaElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(area.value);
    write(status, { key: "copied" });
  } catch {
    area.select();
    write(status, { key: "copyFailed" });
  }
}

function save(area: HTMLTextAreaElement): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([area.value], { type: "application/json" }));
  link.download = area === ballot ? "ballot.json" : "audit.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

find("language", HTMLButtonElement).addEventListener("click", ({ currentTarget }) => {
  language = language === "fr" ? "en" : "fr";
  const button = currentTarget as HTMLButtonElement;
  button.textContent = language === "fr" ? "English" : "Français";
  button.lang = language === "fr" ? "en" : "fr";
  translate();
});
find("file", HTMLInputElement).addEventListener("change", ({ currentTarget }) => void open((currentTarget as HTMLInputElement).files?.[0]));
find("form", HTMLFormElement).addEventListener("submit", (event) => {
  event.preventDefault();
  encrypt();
});
credential.addEventListener("input", startAgain);
find("audit", HTMLButtonElement).addEventListener("click", audit);
for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-copy], button[data-save]")) {
  const { copy: copied, save: saved } = button.dataset;
  button.addEventListener("click", () => copied === undefined ? save(find(saved ?? "", HTMLTextAreaElement)) : void copy(find(copied, HTMLTextAreaElement)));
}
translate();
