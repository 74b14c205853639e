import { canonical, list, members, parseCanonical, text, type Json } from "./canonical-json.js";
import { ciphertextCount, type Election } from "./election.js";
import { encode, encodeOne, generator, groupName, power, type Element } from "./group.js";
import { challenge, hexDigest } from "./hashing.js";
import { knowledgeHolds, proofJson, proveKnowledge, readCiphertext, readElement, readProof, readScalar, type Ciphertext, type Proof } from "./proofs.js";
import { randomScalar, reduce } from "./scalars.js";

/** A new private key x of a mandatory trustee. */
export function newPrivateKey(): bigint {
  return randomScalar();
}

/** The private key file, as belenios-tool writes it. */
export function privateKeyFile(privateKey: bigint): string {
  return canonical(privateKey.toString());
}

/**
 * Reads a private key file; a newline may stand after it.
 * @throws FormatError for anything else.
 */
export function readPrivateKey(file: string): bigint {
  return readScalar("private key", parseCanonical("private key", file.replace(/\n$/, "")));
}

export interface TrusteeKey {
  readonly key: Element;
  /** str(X). */
  readonly text: string;
  readonly proof: Proof;
  /** A threshold member's signature of the text. */
  readonly signature?: Proof;
  readonly name?: string;
}

/**
 * The public key with the proof that somebody has the private one (PROTOCOL.md section 6).
 * @param name Published with the key when it is given.
 */
export function proveKey(privateKey: bigint, name?: string): TrusteeKey {
  const key = power(generator, privateKey);
  const keyText = encodeOne(key);
  return { key, text: keyText, proof: proveKnowledge(possession(keyText), privateKey), ...(name === undefined ? {} : { name }) };
}

export function trusteeKeyJson(key: TrusteeKey): Json {
  return {
    pok: proofJson(key.proof),
    public_key: key.text,
    ...(key.signature === undefined ? {} : { signature: proofJson(key.signature) }),
    ...(key.name === undefined ? {} : { name: key.name }),
  };
}

/** The document that a mandatory trustee hands in. */
export function publicKeyFile(privateKey: bigint, name?: string): string {
  return canonical(trusteeKeyJson(proveKey(privateKey, name)));
}

/** @throws FormatError when it is not the canonical form or its key is not in the group. */
export function readTrusteeKey(name: string, value: Json): TrusteeKey {
  const document = members(name, value, ["pok", "public_key", "signature?", "name?"]);
  const proof = readProof(`${name}, pok`, document["pok"]);
  const key = readElement(`${name}, public_key`, document["public_key"]);
  return {
    key,
    text: encodeOne(key),
    proof,
    ...(document["signature"] === undefined ? {} : { signature: readProof(`${name}, signature`, document["signature"]) }),
    ...(document["name"] === undefined ? {} : { name: text(`${name}, name`, document["name"]) }),
  };
}

export function possessionHolds(key: TrusteeKey): boolean {
  return knowledgeHolds(possession(key.text), key.key, key.proof);
}

/** The published checksum of a key: people compare it (PROTOCOL.md section 15). */
export function keyChecksum(keyText: string): string {
  return hexDigest(canonical(keyText));
}

/**
 * Reads an encrypted tally of the election's shape, as a trustee must before using a key.
 * @throws FormatError when it is not the canonical form or an element is not in the group.
 */
export function readEncryptedTally(election: Election, tally: string): Ciphertext[][] {
  const name = "encrypted tally";
  return list(name, parseCanonical(name, tally), election.questions.length).map((answers, i) =>
    list(`${name}, question ${i + 1}`, answers, ciphertextCount(election.questions[i]!)).map((ciphertext, k) =>
      readCiphertext(`${name}, question ${i + 1}, place ${k + 1}`, ciphertext)));
}

/**
 * One trustee's share of the decryption (PROTOCOL.md section 12). Whatever is given here gets decrypted: first compare
 * the tally with the one recomputed from the box.
 * @param privateKey x of a mandatory trustee or of a threshold member.
 */
export function partialDecryption(election: Election, tally: readonly (readonly Ciphertext[])[], privateKey: bigint): string {
  const prefix = `decrypt|${election.fingerprint}|${encodeOne(power(generator, privateKey))}|`;
  return canonical({
    decryption_factors: tally.map((ciphertexts) => encode(ciphertexts.map(({ alpha }) => power(alpha, privateKey)))),
    decryption_proofs: tally.map((ciphertexts) => ciphertexts.map(({ alpha }) => {
      const nonce = randomScalar();
      const asked = challenge(prefix, [power(generator, nonce), power(alpha, nonce)]);
      return proofJson({ challenge: asked, response: reduce(nonce - privateKey * asked) });
    })),
  });
}

function possession(keyText: string): string {
  return `pok|${groupName}|${keyText}|`;
}
