import { trackerOf, type MadeBallot } from "./ballot.js";
import { readBallot } from "./ballot-check.js";
import { canonical, integer, list, members, parseCanonical, text, type Json } from "./canonical-json.js";
import { ciphertextCount, findProblem, type Choices, type Election } from "./election.js";
import { encode, generator, power } from "./group.js";
import { readScalar } from "./proofs.js";

/*
 * The audit of a ballot, instead of casting it. In canonical form:
 *
 *   {"version":1,"election_hash":phi,"tracker":…,"answers":[{"choices":[0,1,…],"randomness":["r",…]},…]}
 *
 * One answer per question; one number 0 or 1 and one decimal r per ciphertext, the blank one first where there is one.
 * The ciphertexts must be (g^r, y^r g^choice), and the ballot must have the tracker. An audited ballot is still signed
 * and acceptable, and its vote is now known: it must never be cast, and a server should refuse its tracker.
 */

/** Reveals what makes a ballot; from then on that ballot is to be discarded. */
export function auditOf(election: Election, choices: Choices, ballot: MadeBallot): string {
  return canonical({
    version: 1,
    election_hash: election.fingerprint,
    tracker: ballot.tracker,
    answers: choices.map((values, i): Json => ({ choices: values, randomness: (ballot.randomness[i] ?? []).map((r) => r.toString()) })),
  });
}

export type AuditVerdict =
  /** The ballot holds these choices and no others. */
  | { readonly kind: "confirmed"; readonly choices: Choices }
  /** The audit is another ballot's or another election's. */
  | { readonly kind: "other-ballot" }
  /** The ciphertext of that question and place, from 1, is not what the audit says it is. */
  | { readonly kind: "not-confirmed"; readonly question: number; readonly place: number }
  /** The ciphertexts are as said, but no such choices can be cast in that question, from 1. */
  | { readonly kind: "choices-not-allowed"; readonly question: number };

/**
 * Recomputes every ciphertext of a ballot from its audit.
 * @throws FormatError when ballot or audit cannot be read.
 */
export function checkAudit(election: Election, ballot: string, audit: string): AuditVerdict {
  const read = readBallot(election, ballot);
  const document = members("audit", parseCanonical("audit", audit), ["version", "election_hash", "tracker", "answers"]);
  integer("audit, version", document["version"], 1, 1);
  if (text("audit, tracker", document["tracker"]) !== trackerOf(ballot) || text("audit, election_hash", document["election_hash"]) !== election.fingerprint) {
    return { kind: "other-ballot" };
  }
  const answers = list("audit, answers", document["answers"], election.questions.length).map((value, i) => {
    const name = `audit, answer ${i + 1}`;
    const answer = members(name, value, ["choices", "randomness"]);
    const count = ciphertextCount(election.questions[i]!);
    return {
      choices: list(`${name}, choices`, answer["choices"], count).map((m) => integer(`${name}, choices`, m, 0, 1)),
      randomness: list(`${name}, randomness`, answer["randomness"], count).map((r) => readScalar(`${name}, randomness`, r)),
    };
  });
  for (const [i, answer] of answers.entries()) {
    const stated = encode(read.answers[i]!.choices.flatMap(({ alpha, beta }) => [alpha, beta]));
    const opened = encode(answer.randomness.flatMap((r, k) =>
      [power(generator, r), power(election.publicKey, r).add(power(generator, BigInt(answer.choices[k]!)))]));
    const wrong = opened.findIndex((element, k) => element !== stated[k]);
    if (wrong >= 0) {
      return { kind: "not-confirmed", question: i + 1, place: Math.floor(wrong / 2) + 1 };
    }
  }
  const choices = answers.map((answer) => answer.choices);
  const problem = findProblem(election.questions, choices);
  return problem === undefined ? { kind: "confirmed", choices } : { kind: "choices-not-allowed", question: problem.question + 1 };
}
