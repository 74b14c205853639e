import { canonical, parseCanonical } from "./booth/canonical-json";
import type { CeremonyOutcome, CeremonySetting } from "./booth/ceremony";
import { memberFile, memberPrivateKey, newMember, nextDocument, readMemberFile } from "./booth/member-file";
import type { Progress } from "./booth/worker-client";
import { keyChecksum, newPrivateKey, privateKeyFile, proveKey, trusteeKeyJson } from "./booth/trustee";
import { letterOf, readPrivateCodes, type Addressee, type LetterTexts } from "./booth/letters";
import { startTrustee, TrusteeError } from "./booth/trustee-client";
import { save } from "./scripts/save-file";

/*
 * The pages of the election board that hold secrets: a trustee's key, the electors' codes, the decryption. Secrets are made and used here and are
 * saved as files; what is handed in is public.
 */

const form = document.querySelector<HTMLFormElement>("form[data-board]");

function say(key: string, ...values: (string | number)[]): string {
  return (form!.dataset[key] ?? "").replace(/\{(\d)\}/g, (_, place: string) => String(values[Number(place)]));
}

function part<T extends Element>(selector: string): T {
  const found = form!.querySelector<T>(selector);
  if (found === null) {
    throw new Error(`the page lacks ${selector}`);
  }
  return found;
}

function work<T>(id: string): T {
  return JSON.parse(document.getElementById(id)?.textContent ?? "[]") as T;
}

/** A key is handed in only when its private file was seen again: a key that is lost costs the whole election. */
function makeKey(): void {
  let saved: string | undefined;
  part<HTMLButtonElement>("[data-act=make]").addEventListener("click", () => {
    const secret = newPrivateKey();
    saved = privateKeyFile(secret);
    const key = proveKey(secret, form!.dataset["name"]);
    part<HTMLInputElement>("[name='Input.Document']").value = canonical(trusteeKeyJson(key));
    part<HTMLOutputElement>("[data-checksum]").value = keyChecksum(key.text);
    part<HTMLElement>("[data-last]").hidden = true;
    part<HTMLElement>("[data-then]").hidden = false;
    save(form!.dataset["file"] ?? "private-key.json", saved, "application/json");
    part<HTMLInputElement>("#saved-key").focus();
  });
  part<HTMLInputElement>("#saved-key").addEventListener("change", async ({ currentTarget }) => {
    const file = (currentTarget as HTMLInputElement).files?.[0];
    const same = file !== undefined && (await file.text()).replace(/\n$/, "") === saved;
    part<HTMLElement>("[data-last]").hidden = !same;
    part<HTMLElement>("[role=status]").textContent = same ? "" : say("wrong");
    if (same) {
      part<HTMLButtonElement>("[data-last] button").focus();
    }
  });
}

/** Who the member is in the ceremony, and the documents of its complete rounds. */
interface CeremonyWork {
  readonly size: number;
  readonly needed: number;
  readonly member: number;
  readonly name: string;
  readonly rounds: readonly (readonly string[])[];
}

function settingOf({ size, needed }: CeremonyWork): CeremonySetting {
  return { size, threshold: needed };
}

/** Which of the others' documents is wrong, for a technician. */
function problemsOf(outcome: CeremonyOutcome<unknown>): string {
  return outcome.kind === "done" ? "" : outcome.problems.map(({ step, member, what }) => `${step}${member === undefined ? "" : ` ${member}`}: ${what}`).join("; ");
}

/** One round of the key ceremony: the first makes and saves the secret, each later one makes its document from the saved file and the others' documents. */
function holdCeremony(): void {
  const ceremony = work<CeremonyWork>("ceremony-work");
  const [status, last] = [part<HTMLElement>("[role=status]"), part<HTMLElement>("[data-last]")];
  let saved: string | undefined;
  form!.querySelector("[data-act=make]")?.addEventListener("click", () => {
    saved = memberFile(newMember(settingOf(ceremony), ceremony.member, ceremony.name));
    last.hidden = true;
    status.textContent = "";
    part<HTMLElement>("[data-then]").hidden = false;
    save(form!.dataset["file"] ?? "secret.json", saved, "application/json");
    part<HTMLInputElement>("#member-file").focus();
  });
  const choose = async (file: File | undefined): Promise<void> => {
    last.hidden = true;
    const text = (await file?.text())?.replace(/\n$/, "");
    const member = text === undefined ? undefined : readMemberFile(text, settingOf(ceremony), ceremony.member);
    if (member === undefined || (ceremony.rounds.length === 0 && text !== saved)) {
      status.textContent = say("wrong");
      return;
    }
    status.textContent = say("working");
    const made = await nextDocument(member, ceremony.rounds);
    if (made.kind === "refused") {
      status.textContent = say("refused", problemsOf(made));
      return;
    }
    status.textContent = "";
    part<HTMLInputElement>("[name='Input.Document']").value = made.value.document;
    if (made.value.certificates !== undefined) {
      part<HTMLOutputElement>("[data-certificates]").value = made.value.certificates;
    }
    last.hidden = false;
    part<HTMLButtonElement>("[data-last] button").focus();
  };
  part<HTMLInputElement>("#member-file").addEventListener("change", ({ currentTarget }) => {
    void choose((currentTarget as HTMLInputElement).files?.[0]).catch(() => {
      status.textContent = say("wrong");
    });
  });
}

interface Neighbourhood {
  readonly code: string;
  readonly uuid: string;
  readonly name: string;
}

/** The codes of all neighbourhoods, one after the other; the public lists are handed in once every private file is saved. */
function makeCodes(): void {
  const [status, bar, files, last] = [part<HTMLElement>("[role=status]"), part<HTMLProgressElement>("progress"), part<HTMLUListElement>("[data-files]"), part<HTMLButtonElement>("[data-last]")];
  const lists = new Map<string, string>();
  const unsaved = new Set<string>();
  const make = async (): Promise<void> => {
    lists.clear();
    unsaved.clear();
    files.replaceChildren();
    last.hidden = true;
    bar.hidden = false;
    try {
      const office = await startTrustee(form!.dataset["worker"] ?? "", form!.dataset["integrity"] ?? "");
      for (const { code, uuid, name } of work<readonly Neighbourhood[]>("codes-work")) {
        const address = new URL(form!.dataset["numbers"] ?? "", location.href);
        address.searchParams.set("code", code);
        const answer = await fetch(address);
        if (!answer.ok) {
          throw new Error(`numbers of ${code}: ${answer.status}`);
        }
        const numbers = await answer.json() as number[];
        const progress: Progress = (done, total) => {
          bar.value = 100 * done / total;
          status.textContent = say("making", name, done, total);
        };
        const made = await office.issue(uuid, numbers.length, undefined, progress);
        lists.set(code, made.publicList);
        unsaved.add(code);
        const secret = JSON.stringify(Object.fromEntries(numbers.map((number, i) => [String(number), made.privateCredentials[i]])));
        const button = document.createElement("button");
        button.type = "button";
        button.className = "ds-button";
        button.dataset["variant"] = "secondary";
        button.textContent = say("save", name);
        button.addEventListener("click", () => {
          save(`private_credentials-${code}.json`, secret, "application/json");
          button.textContent = `✓ ${say("save", name)}`;
          unsaved.delete(code);
          last.hidden = unsaved.size > 0 || lists.size === 0;
        });
        const item = document.createElement("li");
        item.append(button);
        files.append(item);
      }
      status.textContent = say("made");
      files.querySelector("button")?.focus();
    } catch {
      lists.clear();
      files.replaceChildren();
      status.textContent = say("failed");
    } finally {
      bar.hidden = true;
    }
  };
  part<HTMLButtonElement>("[data-act=make]").addEventListener("click", () => void make());
  form!.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    const body = new FormData(form!);
    for (const [code, list] of lists) {
      body.append(code, new Blob([list], { type: "application/json" }), "public_credentials.json");
    }
    void fetch(location.href, { method: "POST", body }).then((answer) => {
      if (answer.ok) {
        location.reload();
      } else {
        status.textContent = say("failed");
      }
    }, () => {
      status.textContent = say("failed");
    });
  });
}

/** All letters of a neighbourhood, on this page, from its private file: they are printed from here and sent nowhere. */
function makeLetters(letters: HTMLFormElement): void {
  const sheets = document.getElementById("letters");
  const file = letters.querySelector<HTMLInputElement>("#private-codes");
  const status = letters.querySelector<HTMLElement>("[role=status]");
  const print = letters.querySelector<HTMLButtonElement>("[data-act=print]");
  if (sheets === null || file === null || status === null || print === null) {
    throw new Error("the page lacks a part of the letters");
  }
  const tell = (key: string, ...values: (string | number)[]): void => {
    status.textContent = (letters.dataset[key] ?? "").replace(/\{(\d)\}/g, (_, place: string) => String(values[Number(place)]));
  };
  const make = async (): Promise<void> => {
    sheets.replaceChildren();
    print.hidden = true;
    const text = await file.files?.[0]?.text();
    const codes = text === undefined ? undefined : readPrivateCodes(text);
    if (codes === undefined) {
      tell("bad");
      file.focus();
      return;
    }
    const address = new URL(letters.dataset["facts"] ?? "", location.href);
    address.searchParams.set("code", letters.querySelector("select")?.value ?? "");
    const answer = await fetch(address);
    if (!answer.ok) {
      throw new Error(`facts of the letters: ${answer.status}`);
    }
    const { texts, electors } = await answer.json() as { texts: LetterTexts; electors: readonly Addressee[] };
    // The code of one person must not reach another: the file is of this very roll, or nothing is printed.
    if (electors.length !== codes.size || !electors.every(({ number }) => codes.has(number))) {
      tell("other", electors.length, codes.size);
      return;
    }
    sheets.replaceChildren(...electors.map((elector) => letterOf(texts, elector, codes.get(elector.number)!)));
    tell("made", electors.length);
    print.hidden = false;
    print.focus();
  };
  letters.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    make().catch(() => tell("failed"));
  });
  print.addEventListener("click", () => window.print());
  letters.hidden = false;
}

interface Box {
  readonly code: string;
  readonly name: string;
}

/** Box by box: download, verify whole, decrypt, hand in. A box that does not verify stops everything. */
function decrypt(): void {
  const [bar, report] = [part<HTMLProgressElement>("progress"), part<HTMLUListElement>("[data-report]")];
  const tell = (text: string): HTMLLIElement => {
    const line = document.createElement("li");
    line.textContent = text;
    report.append(line);
    return line;
  };
  const run = async (privateKey: string): Promise<void> => {
    const office = await startTrustee(form!.dataset["worker"] ?? "", form!.dataset["integrity"] ?? "");
    for (const { code, name } of work<readonly Box[]>("decrypt-work")) {
      const line = tell(say("checking", name, 0));
      try {
        const answer = await fetch(`${form!.dataset["archives"]}/${code}/archive.bel`);
        if (!answer.ok) {
          throw new Error(`${code}: ${answer.status}`);
        }
        await office.check(new Uint8Array(await answer.arrayBuffer()), (done, total) => {
          bar.value = 100 * done / Math.max(1, total);
          line.textContent = say("checking", name, Math.floor(bar.value));
        });
        const made = await office.decrypt(privateKey);
        const body = new FormData(form!);
        body.set("code", code);
        body.set("document", made.document);
        const kept = await fetch(location.href, { method: "POST", body, headers: { Accept: "application/json" } });
        const reply = await kept.json() as { holds: boolean; text: string };
        line.textContent = reply.text;
        if (!reply.holds) {
          return;
        }
      } catch (e) {
        line.textContent = !(e instanceof TrusteeError) ? say("offline", name)
          : e.refusal.kind === "bad-archive" ? say("badarchive", name, e.refusal.detail)
          : e.refusal.kind === "bad-key" ? say("badkey") : e.refusal.kind === "foreign-key" ? say("foreign") : say("offline", name);
        return;
      }
    }
    tell(say("over"));
  };
  form!.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopPropagation();
    const file = part<HTMLInputElement>("#private-key").files?.[0];
    const text = (await file?.text())?.replace(/\n$/, "");
    report.replaceChildren();
    const key = text === undefined ? undefined : await privateKeyOf(text).catch(() => undefined);
    if (key?.kind !== "done") {
      tell(key === undefined ? say("badkey") : say("refused", problemsOf(key)));
      part<HTMLInputElement>("#private-key").focus();
      return;
    }
    const button = part<HTMLButtonElement>("button[type=submit]");
    [button.disabled, bar.hidden] = [true, false];
    await run(key.value).catch(() => tell(say("offline", "")));
    [button.disabled, bar.hidden] = [false, true];
  });
}

/** The chosen file is a private key, or the secret of a member of the ceremony, from which the key follows. */
async function privateKeyOf(text: string): Promise<CeremonyOutcome<string> | undefined> {
  if (isPrivateKey(text)) {
    return { kind: "done", value: text };
  }
  if (document.getElementById("ceremony-work") === null) {
    return undefined;
  }
  const ceremony = work<CeremonyWork>("ceremony-work");
  const member = readMemberFile(text, settingOf(ceremony), ceremony.member);
  return member === undefined ? undefined : memberPrivateKey(member, ceremony.rounds);
}

function isPrivateKey(text: string): boolean {
  try {
    return typeof parseCanonical("private key", text) === "string";
  } catch {
    return false;
  }
}

if (form !== null) {
  ({ key: makeKey, ceremony: holdCeremony, codes: makeCodes, decrypt } as Record<string, () => void>)[form.dataset["board"] ?? ""]?.();
  form.hidden = false;
}

const letters = document.querySelector<HTMLFormElement>("form[data-letters]");
if (letters !== null) {
  makeLetters(letters);
}
