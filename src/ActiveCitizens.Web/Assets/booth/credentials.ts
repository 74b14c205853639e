import { utf8ToBytes } from "@noble/hashes/utils.js";
import { alphabet, randomBase58 } from "./base58.js";
import { canonical } from "./canonical-json.js";
import { encode, generator, power } from "./group.js";
import { credentialLength } from "./letter-code.js";
import { digest } from "./hashing.js";
import { scalarOfBytes } from "./scalars.js";

/** What a typed text turned out to be. */
export type CredentialReading =
  /** `credential` in its one spelling, XXXXX-XXXXXX-XXXXX-XXXXXX. */
  | { readonly kind: "valid"; readonly credential: string }
  /** Dashes and spaces left out, it has `length` characters instead of 22. */
  | { readonly kind: "wrong-length"; readonly length: number }
  /** `character`, at `position` (from 1, dashes and spaces left out), never stands in a credential: 0, O, I and l are left out because they look alike. */
  | { readonly kind: "wrong-character"; readonly character: string; readonly position: number };

/**
 * Reads a credential as people type it: dashes and spaces may be missing, doubled or elsewhere, as word processors write
 * them. Upper and lower case are different characters and stay as typed. Without a check character, a mistyped letter
 * cannot be noticed here: another public credential comes out, which is on no list.
 */
export function readCredential(typed: string): CredentialReading {
  const raw = [...typed.replace(/[\s\p{Pd}\p{Cf}\u2212_]/gu, "")];
  const wrong = raw.findIndex((character) => !alphabet.includes(character));
  if (wrong >= 0) {
    return { kind: "wrong-character", character: raw[wrong] ?? "", position: wrong + 1 };
  }
  return raw.length === credentialLength
    ? { kind: "valid", credential: withDashes(raw.join("")) }
    : { kind: "wrong-length", length: raw.length };
}

/**
 * s of PROTOCOL.md section 4, release 2.4 and later: the exponent of the public credential.
 * @param credential In its one spelling: the dashes are part of the secret.
 */
export function deriveSecret(uuid: string, credential: string): bigint {
  const halves = [0, 1].map((i) => digest(utf8ToBytes(`derive_credential|${uuid}|${i}|${credential}`)));
  return scalarOfBytes(new Uint8Array(halves.flatMap((half) => [...half])));
}

/** str(g^s): what stands on the public list. */
export function publicCredential(uuid: string, credential: string): string {
  return encode([power(generator, deriveSecret(uuid, credential))])[0] ?? "";
}

/** A new private credential, 128 bits. */
export function newCredential(): string {
  return withDashes(randomBase58(credentialLength));
}

/** What the credential authority makes. */
export interface IssuedCredentials {
  /** In the order of the voters. */
  readonly privateCredentials: readonly string[];
  /** In the order of the voters: to be kept secret, or thrown away. */
  readonly publicKeys: readonly string[];
  /** The file of the archive; its order says nothing about the voters. */
  readonly publicList: string;
}

/**
 * Makes the credentials of an election, about half a millisecond each.
 * @param weights One per voter, 0 or more; left out when all count once.
 * @param progress Called now and then with the number made; what it returns is awaited, so that a page or worker can breathe.
 */
export async function issueCredentials(
  uuid: string, voters: number, weights?: readonly bigint[], progress?: (made: number) => void | Promise<void>): Promise<IssuedCredentials> {
  if (weights !== undefined && (weights.length !== voters || weights.some((w) => w < 0n))) {
    throw new RangeError(`${voters} weights of 0 or more were expected`);
  }
  const privateCredentials: string[] = [];
  const publicKeys: string[] = [];
  const batch = 64;
  while (privateCredentials.length < voters) {
    const some = Array.from({ length: Math.min(batch, voters - privateCredentials.length) }, newCredential);
    privateCredentials.push(...some);
    publicKeys.push(...encode(some.map((credential) => power(generator, deriveSecret(uuid, credential)))));
    await progress?.(privateCredentials.length);
  }
  const entries = publicKeys.map((key, i) => weights === undefined ? key : `${key},${weights[i]}`);
  return { privateCredentials, publicKeys, publicList: canonical(entries.sort()) };
}

function withDashes(raw: string): string {
  return `${raw.slice(0, 5)}-${raw.slice(5, 11)}-${raw.slice(11, 16)}-${raw.slice(16)}`;
}
