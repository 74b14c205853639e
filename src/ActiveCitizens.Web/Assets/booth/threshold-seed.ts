import { expand, extract } from "@noble/hashes/hkdf.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { alphabet, randomBase58 } from "./base58.js";
import { groupName } from "./group.js";
import { digest } from "./hashing.js";
import { scalarOfBytes } from "./scalars.js";

const seedLength = 22;
// Half as many bytes as a scalar has digits, and 32 more: as the command draws them.
const coefficientBytes = 76 / 2 + 32;

/** The one secret of a threshold member, 128 bits. Everything else that is secret follows from it and from public documents. */
export function newSeed(): string {
  return randomBase58(seedLength);
}

export function isSeed(text: string): boolean {
  return text.length === seedLength && [...text].every((c) => alphabet.includes(c));
}

/** sk of PROTOCOL.md section 7. */
export function signingKey(seed: string): bigint {
  return scalarOfBytes(digest(`sk|${seed}`));
}

/** dk of PROTOCOL.md section 7. */
export function decryptionKey(seed: string): bigint {
  return scalarOfBytes(digest(`dk|${seed}`));
}

/**
 * a[0] … a[threshold-1]. Derived, so that a member who comes back needs nothing but the seed; other certificates give
 * another polynomial.
 * @param certificates Digest of all certificates, in hexadecimal.
 */
export function polynomial(seed: string, threshold: number, certificates: string): bigint[] {
  const key = extract(sha512, utf8ToBytes(seed), utf8ToBytes("polynomial"));
  return Array.from({ length: threshold }, (_, k) =>
    scalarOfBytes(expand(sha512, key, utf8ToBytes(`${groupName}|${certificates}|${k}`), coefficientBytes)));
}
