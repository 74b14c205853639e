import { auditOf } from "./audit.js";
import { makeBallot, type MadeBallot } from "./ballot.js";
import { FormatError } from "./canonical-json.js";
import { publicCredential, readCredential } from "./credentials.js";
import { findProblem, readElection, type Choices, type Election } from "./election.js";
import { generator, prepare } from "./group.js";
import type { BoothAnswer, BoothRefusal, BoothRequest } from "./worker-protocol.js";

class Refused extends Error {
  constructor(readonly refusal: BoothRefusal) {
    super(refusal.kind);
  }
}

/** The state behind the worker: one election, and the last ballot with its secrets. */
export class Booth {
  private election: Election | undefined;
  private last: { readonly choices: Choices; readonly ballot: MadeBallot } | undefined;

  /** Never throws: what goes wrong is answered. */
  handle(request: BoothRequest, answer: (answer: BoothAnswer) => void): void {
    const { id } = request;
    try {
      answer(this.work(request, (done, total) => answer({ id, type: "progress", done, total })));
    } catch (e) {
      const refusal: BoothRefusal = e instanceof Refused ? e.refusal : { kind: "failed", detail: e instanceof Error ? e.message : String(e) };
      answer({ id, type: "refused", refusal });
    }
  }

  private work(request: BoothRequest, progress: (done: number, total: number) => void): BoothAnswer {
    const { id } = request;
    switch (request.type) {
      case "prepare": {
        this.last = undefined;
        this.election = undefined;
        progress(0, 3);
        prepare(generator);
        progress(1, 3);
        const election = open(request.election);
        progress(2, 3);
        warmUp(election);
        progress(3, 3);
        this.election = election;
        return { id, type: "prepared", uuid: election.uuid, fingerprint: election.fingerprint };
      }
      case "identify":
        return { id, type: "identified", publicCredential: publicCredential(this.prepared().uuid, read(request.credential)) };
      case "encrypt": {
        const election = this.prepared();
        const credential = read(request.credential);
        const problem = findProblem(election.questions, request.choices);
        if (problem !== undefined) {
          throw new Refused({ kind: "bad-choices", problem });
        }
        const ballot = makeBallot(election, credential, request.choices, progress);
        this.last = { choices: request.choices, ballot };
        return { id, type: "encrypted", ballot: ballot.text, tracker: ballot.tracker };
      }
      case "audit": {
        if (this.last === undefined) {
          throw new Refused({ kind: "nothing-to-audit" });
        }
        const audit = auditOf(this.prepared(), this.last.choices, this.last.ballot);
        this.last = undefined;
        return { id, type: "audited", audit };
      }
      case "forget":
        this.last = undefined;
        return { id, type: "forgotten" };
    }
  }

  private prepared(): Election {
    if (this.election === undefined) {
      throw new Refused({ kind: "not-prepared" });
    }
    return this.election;
  }
}

function read(typed: string): string {
  const reading = readCredential(typed);
  if (reading.kind !== "valid") {
    throw new Refused({ kind: "bad-credential", reading });
  }
  return reading.credential;
}

function open(file: Uint8Array): Election {
  try {
    return readElection(file);
  } catch (e) {
    throw e instanceof FormatError ? new Refused({ kind: "bad-election", detail: e.message }) : e;
  }
}

/** The browser compiles what it has run often: a ballot nobody sees, while the person still reads, makes the real one quicker. */
function warmUp(election: Election): void {
  const question = election.questions[0]!;
  const chosen = question.min;
  const values = question.answers.map((_, i) => i < chosen ? 1 : 0);
  makeBallot({ ...election, questions: [question] }, "11111-111111-11111-111111", [question.blank ? [0, ...values] : values]);
}
