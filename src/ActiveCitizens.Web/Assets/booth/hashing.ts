import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { encode, type Element } from "./group.js";
import { scalarOfBytes } from "./scalars.js";

/** H256 of a text or of bytes. */
export function digest(content: string | Uint8Array): Uint8Array {
  return sha256(typeof content === "string" ? utf8ToBytes(content) : content);
}

export function hexDigest(content: string | Uint8Array): string {
  return bytesToHex(digest(content));
}

/** Standard base64 without padding: 43 characters for a hash. */
export function base64Digest(content: string | Uint8Array): string {
  return btoa(String.fromCharCode(...digest(content))).replace(/=+$/, "");
}

/** H of PROTOCOL.md section 3, from the texts of elements. */
export function challengeOfTexts(prefix: string, texts: readonly string[]): bigint {
  return scalarOfBytes(digest(prefix + texts.join(",")));
}

/** H of PROTOCOL.md section 3. */
export function challenge(prefix: string, elements: readonly Element[]): bigint {
  return challengeOfTexts(prefix, encode(elements));
}
