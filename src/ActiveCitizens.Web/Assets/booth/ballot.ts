import { canonical, type Json } from "./canonical-json.js";
import { deriveSecret } from "./credentials.js";
import { findProblem, type Choices, type Election, type Question } from "./election.js";
import { encode, encodeOne, generator, power } from "./group.js";
import { base64Digest } from "./hashing.js";
import { ciphertextJson, proofJson, proveKnowledge, proveOneOf, type Claim, type Opening } from "./proofs.js";
import { randomScalar, reduce } from "./scalars.js";

export interface MadeBallot {
  /** The very bytes to send, as text. */
  readonly text: string;
  /** What the voter keeps. */
  readonly tracker: string;
  /** r of every ciphertext, by question. Whoever has these can read the vote: to be forgotten when the ballot is cast. */
  readonly randomness: readonly (readonly bigint[])[];
}

/** What the voter keeps: base64 of the hash of the ballot. */
export function trackerOf(ballot: string | Uint8Array): string {
  return base64Digest(ballot);
}

/**
 * Encrypts, proves and signs (PROTOCOL.md section 8). Every choice that can be cast costs the same number of operations.
 * @param credential In its one spelling; whether it is on the public list is not looked at.
 * @param progress Called with the proofs made and all that there are.
 * @throws RangeError when the choices cannot be cast: ask `findProblem` before.
 */
export function makeBallot(election: Election, credential: string, choices: Choices, progress?: (done: number, total: number) => void): MadeBallot {
  if (findProblem(election.questions, choices) !== undefined) {
    throw new RangeError("these choices cannot be cast");
  }
  const secret = deriveSecret(election.uuid, credential);
  const publicCredential = encodeOne(power(generator, secret));
  const total = choices.reduce((sum, values) => sum + values.length + 1, 0);
  let done = 0;
  const answers = election.questions.map((question, i) =>
    makeAnswer(election, question, choices[i] ?? [], `${election.fingerprint}|${publicCredential}`, () => progress?.(++done, total)));
  const unsigned = {
    election_uuid: election.uuid, election_hash: election.fingerprint, credential: publicCredential, answers: answers.map((answer) => answer.json),
  };
  const hash = base64Digest(canonical(unsigned));
  const text = canonical({ ...unsigned, signature: { hash, proof: proofJson(proveKnowledge(`sig|${hash}|`, secret)) } });
  return { text, tracker: trackerOf(text), randomness: answers.map((answer) => answer.randomness) };
}

/** @param context S0: fingerprint, bar, public credential. */
function makeAnswer(election: Election, question: Question, values: readonly number[], context: string, step: () => void): { json: Json; randomness: bigint[] } {
  const openings = values.map((m) => ({ r: randomScalar(), m }));
  const texts = encryptAll(election, openings);
  const individual = openings.map((opening, i) => {
    const proofs = proveOneOf(`prove|${context}|${texts[2 * i]},${texts[2 * i + 1]}|`, election.publicKey,
      [{ opening, value: 0 }, { opening, value: 1 }], opening.m);
    step();
    return proofs.map(proofJson);
  });
  const statement = `${context}|${texts.join(",")}`;
  const last = question.blank ? proveWithBlank(election, question, openings, statement) : proveSum(election, question, openings, statement);
  step();
  return {
    json: { choices: openings.map((_, i) => ciphertextJson(texts[2 * i] ?? "", texts[2 * i + 1] ?? "")), individual_proofs: individual, ...last },
    randomness: openings.map((opening) => opening.r),
  };
}

/** alpha and beta of each in turn. */
function encryptAll(election: Election, openings: readonly Opening[]): string[] {
  return encode(openings.flatMap(({ r, m }) => [power(generator, r), power(election.publicKey, r).add(power(generator, BigInt(m)))]));
}

/** The opening of the product of the ciphertexts: encrypted again, it is that product. */
function sumOf(openings: readonly Opening[]): Opening {
  return { r: reduce(openings.reduce((sum, o) => sum + o.r, 0n)), m: openings.reduce((sum, o) => sum + o.m, 0) };
}

function sumClaims(question: Question, opening: Opening): Claim[] {
  return Array.from({ length: question.max - question.min + 1 }, (_, j) => ({ opening, value: question.min + j }));
}

function proveSum(election: Election, question: Question, openings: readonly Opening[], statement: string): { overall_proof: Json } {
  const sum = sumOf(openings);
  const proofs = proveOneOf(`prove|${statement}|${encryptAll(election, [sum]).join(",")}|`, election.publicKey, sumClaims(question, sum), sum.m - question.min);
  return { overall_proof: proofs.map(proofJson) };
}

function proveWithBlank(election: Election, question: Question, openings: readonly Opening[], statement: string): { overall_proof: Json; blank_proof: Json } {
  const first = openings[0] ?? { r: 0n, m: 0 };
  const sum = sumOf(openings.slice(1));
  const isBlank = first.m === 1;
  const blank = proveOneOf(`bproof0|${statement}|`, election.publicKey, [{ opening: first, value: 0 }, { opening: sum, value: 0 }], isBlank ? 1 : 0);
  const overall = proveOneOf(`bproof1|${statement}|`, election.publicKey,
    [{ opening: first, value: 1 }, ...sumClaims(question, sum)], isBlank ? 0 : sum.m - question.min + 1);
  return { overall_proof: overall.map(proofJson), blank_proof: blank.map(proofJson) };
}
