import { readArchive } from "./archive.js";
import { findFailedProof, multiply, readBallot } from "./ballot-check.js";
import { canonical, FormatError, list, parseCanonical, text } from "./canonical-json.js";
import { ciphertextCount, readElection, type Election } from "./election.js";
import { decode, encode, identity, publicPower } from "./group.js";
import { ciphertextJson, type Ciphertext } from "./proofs.js";
import { order } from "./scalars.js";
import { readTrustees } from "./trustees-file.js";
import { readEncryptedTally, type TrusteeKey } from "./trustee.js";

export interface CheckedTally {
  readonly election: Election;
  /** By trustee number. */
  readonly keys: readonly TrusteeKey[];
  /** Trustee numbers of those who decrypted already. */
  readonly decryptedBy: readonly number[];
  readonly ciphertexts: readonly (readonly Ciphertext[])[];
  /** Kept ballots, and of how much weight. */
  readonly ballots: number;
  readonly weight: bigint;
  /** Hash of the last event: what trustees compare before they decrypt. */
  readonly lastEvent: string;
}

/**
 * Verifies everything that the decryption depends on, as a trustee must before using a key: the archive's structure, the
 * trustees' keys, the public list, every ballot in the box, and the tally, which is computed again and compared.
 * @param progress Called with the elements and ballots checked and all that there are; what it returns is awaited.
 * @throws FormatError when something is wrong; the message says what, for a technician.
 */
export async function checkTally(archive: Uint8Array, progress?: (done: number, total: number) => void | Promise<void>): Promise<CheckedTally> {
  const box = readArchive(archive);
  if (box.tally === undefined || box.lastType === "Result") {
    throw new FormatError("archive", "a box that is closed and tallied, and not yet counted");
  }
  const election = readElection(box.election);
  const trustees = readTrustees(box.trustees);
  if (!trustees.publicKey.equals(election.publicKey)) {
    throw new FormatError("election, public_key", "the key that the trustees' keys give");
  }
  const weights = readList(box.credentials);
  const total = weights.size + box.ballots.length;
  let done = 0;
  const step = async (): Promise<void> => {
    await progress?.(++done, total);
  };
  for (const key of weights.keys()) {
    if (decode(key) === undefined) {
      throw new FormatError("public credentials", "elements of the group");
    }
    await step();
  }
  const kept = new Map<string, readonly (readonly Ciphertext[])[]>();
  const seen = new Set<string>();
  for (const [i, document] of box.ballots.entries()) {
    const name = `ballot ${i + 1} of the box`;
    const ballot = readBallot(election, document);
    if (!weights.has(ballot.credential)) {
      throw new FormatError(name, "a credential of the public list");
    }
    if (seen.has(document)) {
      throw new FormatError(name, "a ballot that is not in the box already");
    }
    const failed = findFailedProof(election, ballot);
    if (failed !== undefined) {
      throw new FormatError(name, `a proof that holds: ${failed.proof}`);
    }
    seen.add(document);
    kept.set(ballot.credential, ballot.answers.map((answer) => answer.choices));
    await step();
  }
  const weight = [...kept.keys()].reduce((sum, key) => sum + weights.get(key)!, 0n);
  if (box.tally.ballots !== kept.size || box.tally.weight !== weight || box.tally.document !== tallyOf(election, kept, weights)) {
    throw new FormatError("encrypted tally", "the one that the ballots of the box give");
  }
  return {
    election, keys: trustees.keys, decryptedBy: box.decryptedBy, ciphertexts: readEncryptedTally(election, box.tally.document), ballots: kept.size, weight, lastEvent: box.lastEvent,
  };
}

function tallyOf(election: Election, kept: ReadonlyMap<string, readonly (readonly Ciphertext[])[]>, weights: ReadonlyMap<string, bigint>): string {
  return canonical(election.questions.map((question, i) => {
    const sums = Array.from({ length: ciphertextCount(question) }, (_, k) => multiply([...kept].map(([key, answers]) => raise(answers[i]![k]!, weights.get(key)!))));
    const texts = encode(sums.flatMap(({ alpha, beta }) => [alpha, beta]));
    return sums.map((_, k) => ciphertextJson(texts[2 * k]!, texts[2 * k + 1]!));
  }));
}

function raise({ alpha, beta }: Ciphertext, weight: bigint): Ciphertext {
  const exponent = weight % order;
  return exponent === 1n ? { alpha, beta }
    : exponent === 0n ? { alpha: identity, beta: identity }
    : { alpha: publicPower(alpha, exponent), beta: publicPower(beta, exponent) };
}

/** Weights by public credential. */
function readList(file: string): Map<string, bigint> {
  const name = "public credentials";
  const weights = new Map<string, bigint>();
  let weighted: boolean | undefined;
  for (const value of list(name, parseCanonical(name, file))) {
    const parts = /^([0-9a-f]{64})(?:,(0|[1-9][0-9]{0,17}))?$/.exec(text(name, value));
    const [, key, weight] = parts ?? [];
    weighted ??= weight !== undefined;
    if (key === undefined || weighted !== (weight !== undefined) || weights.has(key)) {
      throw new FormatError(name, "distinct elements, all with a weight or none");
    }
    weights.set(key, BigInt(weight ?? 1));
  }
  return weights;
}
