import { canonical, FormatError, list, members, parseCanonical, text, type Json } from "./canonical-json.js";
import { ciphertextCount, overallProofCount, type Election, type Question } from "./election.js";
import { encode, generator, power, product, type Element } from "./group.js";
import { base64Digest, challengeOfTexts } from "./hashing.js";
import { commitment, readCiphertext, readElement, readProof, readProofs, type Ciphertext, type Proof } from "./proofs.js";
import { reduce } from "./scalars.js";

export interface Answer {
  readonly choices: readonly Ciphertext[];
  readonly individualProofs: readonly (readonly Proof[])[];
  readonly overallProof: readonly Proof[];
  readonly blankProof?: readonly Proof[];
}

/** A ballot of a given election, as received and decoded. */
export interface Ballot {
  readonly credential: string;
  readonly credentialKey: Element;
  readonly answers: readonly Answer[];
  /** h that the ballot states, and h of its content. */
  readonly statedHash: string;
  readonly hash: string;
  readonly signature: Proof;
}

/** Names a proof of a ballot; questions and choices count from 1. */
export type FailedProof =
  | { readonly proof: "signature" }
  | { readonly proof: "individual"; readonly question: number; readonly choice: number }
  | { readonly proof: "blank" | "overall"; readonly question: number };

/**
 * Reads the exact shape that the election's questions call for.
 * @throws FormatError for any other form, another election's ballot, a scalar out of range or an element outside the group.
 */
export function readBallot(election: Election, ballot: string): Ballot {
  const document = members("ballot", parseCanonical("ballot", ballot), ["election_uuid", "election_hash", "credential", "answers", "signature"]);
  if (document["election_uuid"] !== election.uuid || document["election_hash"] !== election.fingerprint) {
    throw new FormatError("ballot", `the election ${election.uuid} with the fingerprint ${election.fingerprint}`);
  }
  const { signature, ...unsigned } = document;
  const signed = members("ballot, signature", signature, ["hash", "proof"]);
  const answers = list("ballot, answers", document["answers"], election.questions.length);
  return {
    credential: text("ballot, credential", document["credential"]),
    credentialKey: readElement("ballot, credential", document["credential"]),
    answers: election.questions.map((question, i) => readAnswer(`ballot, answer ${i + 1}`, question, answers[i])),
    statedHash: text("ballot, hash", signed["hash"]),
    hash: base64Digest(canonical(unsigned)),
    signature: readProof("ballot, signature", signed["proof"]),
  };
}

/**
 * Checks signature and proofs (PROTOCOL.md sections 8.1 and 8.3); whether the credential is on the list is the caller's work.
 * @param onHash Given every text that is hashed into a challenge, in order.
 * @returns The first proof that does not hold.
 */
export function findFailedProof(election: Election, ballot: Ballot, onHash?: (hashed: string) => void): FailedProof | undefined {
  const holds = (prefix: string, commitments: readonly Element[], proofs: readonly Proof[]): boolean => {
    const texts = encode(commitments);
    onHash?.(prefix + texts.join(","));
    return challengeOfTexts(prefix, texts) === reduce(proofs.reduce((sum, proof) => sum + proof.challenge, 0n));
  };
  const signed = holds(`sig|${ballot.hash}|`, [commitment(generator, ballot.credentialKey, ballot.signature)], [ballot.signature]);
  if (!signed || ballot.statedHash !== ballot.hash) {
    return { proof: "signature" };
  }
  const context = `${election.fingerprint}|${ballot.credential}`;
  for (const [i, answer] of ballot.answers.entries()) {
    const asked = election.questions[i]!;
    const question = i + 1;
    const texts = encode(answer.choices.flatMap(({ alpha, beta }) => [alpha, beta]));
    const pairs = (ciphertext: Ciphertext, value: number, proof: Proof): Element[] =>
      [commitment(generator, ciphertext.alpha, proof), commitment(election.publicKey, without(ciphertext.beta, value), proof)];
    for (const [k, ciphertext] of answer.choices.entries()) {
      const proofs = answer.individualProofs[k]!;
      if (!holds(`prove|${context}|${texts[2 * k]},${texts[2 * k + 1]}|`, proofs.flatMap((proof, j) => pairs(ciphertext, j, proof)), proofs)) {
        return { proof: "individual", question, choice: k + 1 };
      }
    }
    const statement = `${context}|${texts.join(",")}`;
    const sum = multiply(asked.blank ? answer.choices.slice(1) : answer.choices);
    const claims = (proofs: readonly Proof[]): Element[] => proofs.flatMap((proof, j) => pairs(sum, asked.min + j, proof));
    if (answer.blankProof !== undefined) {
      const first = answer.choices[0]!;
      const [zero, none] = answer.blankProof;
      if (!holds(`bproof0|${statement}|`, [...pairs(first, 0, zero!), ...pairs(sum, 0, none!)], answer.blankProof)) {
        return { proof: "blank", question };
      }
      const [one, ...others] = answer.overallProof;
      if (!holds(`bproof1|${statement}|`, [...pairs(first, 1, one!), ...claims(others)], answer.overallProof)) {
        return { proof: "overall", question };
      }
    } else if (!holds(`prove|${statement}|${encode([sum.alpha, sum.beta]).join(",")}|`, claims(answer.overallProof), answer.overallProof)) {
      return { proof: "overall", question };
    }
  }
  return undefined;
}

/** The component-wise product; of none, (1,1). */
export function multiply(ciphertexts: readonly Ciphertext[]): Ciphertext {
  return { alpha: product(ciphertexts.map((c) => c.alpha)), beta: product(ciphertexts.map((c) => c.beta)) };
}

function readAnswer(name: string, question: Question, value: Json | undefined): Answer {
  const document = members(name, value, ["choices", "individual_proofs", "overall_proof", ...(question.blank ? ["blank_proof"] : [])]);
  const count = ciphertextCount(question);
  return {
    choices: list(`${name}, choices`, document["choices"], count).map((choice) => readCiphertext(`${name}, choices`, choice)),
    individualProofs: list(`${name}, individual_proofs`, document["individual_proofs"], count).map((proofs) => readProofs(`${name}, individual_proofs`, proofs, 2)),
    overallProof: readProofs(`${name}, overall_proof`, document["overall_proof"], overallProofCount(question)),
    ...(question.blank ? { blankProof: readProofs(`${name}, blank_proof`, document["blank_proof"], 2) } : {}),
  };
}

function without(beta: Element, value: number): Element {
  return value === 0 ? beta : beta.subtract(power(generator, BigInt(value)));
}
