import { FormatError, list, members, text, type Json } from "./canonical-json.js";
import { decode, encode, generator, power, publicPower, type Element } from "./group.js";
import { challenge, challengeOfTexts } from "./hashing.js";
import { parseScalar, randomScalar, reduce } from "./scalars.js";

/** Both in [0, order). */
export interface Proof {
  readonly challenge: bigint;
  readonly response: bigint;
}

export interface Ciphertext {
  readonly alpha: Element;
  readonly beta: Element;
}

/** A ciphertext (g^r, y^r g^m) with what is in it. */
export interface Opening {
  readonly r: bigint;
  readonly m: number;
}

/** One entry of a disjunction: "the ciphertext so opened holds `value`". */
export interface Claim {
  readonly opening: Opening;
  readonly value: number;
}

export function proofJson(proof: Proof): Json {
  return { challenge: proof.challenge.toString(), response: proof.response.toString() };
}

export function ciphertextJson(alpha: string, beta: string): Json {
  return { alpha, beta };
}

export function readScalar(name: string, value: Json | undefined): bigint {
  const scalar = parseScalar(text(name, value));
  if (scalar === undefined) {
    throw new FormatError(name, "a decimal below the group's order, without leading zero");
  }
  return scalar;
}

export function readProof(name: string, value: Json | undefined): Proof {
  const document = members(name, value, ["challenge", "response"]);
  return { challenge: readScalar(name, document["challenge"]), response: readScalar(name, document["response"]) };
}

export function readProofs(name: string, value: Json | undefined, length: number): Proof[] {
  return list(name, value, length).map((proof) => readProof(name, proof));
}

export function readElement(name: string, value: Json | undefined): Element {
  const element = decode(text(name, value));
  if (element === undefined) {
    throw new FormatError(name, "an element of the group in its one spelling");
  }
  return element;
}

export function readCiphertext(name: string, value: Json | undefined): Ciphertext {
  const document = members(name, value, ["alpha", "beta"]);
  return { alpha: readElement(`${name}, alpha`, document["alpha"]), beta: readElement(`${name}, beta`, document["beta"]) };
}

/**
 * Proves that one knows the exponent of g^secret: signatures and proofs of possession.
 * @param prefix With its tag and final bar.
 */
export function proveKnowledge(prefix: string, secret: bigint): Proof {
  const nonce = randomScalar();
  const asked = challenge(prefix, [power(generator, nonce)]);
  return { challenge: asked, response: reduce(nonce - secret * asked) };
}

export function knowledgeHolds(prefix: string, key: Element, proof: Proof): boolean {
  return challenge(prefix, [commitment(generator, key, proof)]) === proof.challenge;
}

/** base^response key^challenge: what the prover committed to. */
export function commitment(base: Element, key: Element, proof: Proof): Element {
  return publicPower(base, proof.response).add(publicPower(key, proof.challenge));
}

/**
 * Proves a disjunction (PROTOCOL.md section 8.1) of which entry `trueIndex` holds; the others are simulated.
 *
 * The prover knows what is in the ciphertexts, so that a simulated commitment needs no power of a fresh base:
 * g^response alpha^challenge = g^t and y^response (beta/g^value)^challenge = y^t g^((m-value) challenge) with
 * t = response + r challenge. Every entry costs the same three powers of fixed bases.
 */
export function proveOneOf(prefix: string, key: Element, claims: readonly Claim[], trueIndex: number): Proof[] {
  const simulated = claims.map((claim, j) => ({ claim, challenge: j === trueIndex ? 0n : randomScalar(), response: randomScalar() }));
  const commitments = simulated.flatMap(({ claim: { opening, value }, challenge, response }) => {
    const t = reduce(response + opening.r * challenge);
    return [power(generator, t), power(key, t).add(power(generator, reduce(BigInt(opening.m - value) * challenge)))];
  });
  const others = simulated.reduce((sum, proof) => sum + proof.challenge, 0n);
  const own = reduce(challengeOfTexts(prefix, encode(commitments)) - others);
  return simulated.map((proof, j) => j === trueIndex
    ? { challenge: own, response: reduce(proof.response - proof.claim.opening.r * own) }
    : { challenge: proof.challenge, response: proof.response });
}
