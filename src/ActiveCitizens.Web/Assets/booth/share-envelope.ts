import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { FormatError, members, text, type Json } from "./canonical-json.js";
import { encode, encodeOne, generator, power, type Element } from "./group.js";
import { readElement } from "./proofs.js";
import { parseScalar, randomScalar } from "./scalars.js";

/*
 * f_i(j) on its way from member i to member j, as src/ActiveCitizens.Voting/Trustees/Ceremony/ShareEnvelope.cs says:
 * hashed El Gamal, HKDF-SHA256 and AES-256-GCM with a nonce of zeros, because a key encrypts one message.
 */
export interface ShareEnvelope {
  readonly alpha: Element;
  /** Ciphertext and tag in hexadecimal. */
  readonly data: string;
}

/** The width of the order minus 1, in decimal. */
const shareDigits = 76;
const tagBytes = 16;
const dataLength = 2 * (shareDigits + tagBytes);

interface Route {
  /** Digest of all certificates, in hexadecimal. */
  readonly certificates: string;
  readonly from: number;
  readonly to: number;
}

export async function sealShare(encryptionKey: Element, share: bigint, route: Route): Promise<ShareEnvelope> {
  const r = randomScalar();
  const alpha = power(generator, r);
  const [alphaText, shared] = encode([alpha, power(encryptionKey, r)]) as [string, string];
  const cipher = await cipherOf(shared, route, alphaText);
  const sealed = await crypto.subtle.encrypt(cipher.algorithm, cipher.key, bytes(share.toString().padStart(shareDigits, "0")));
  return { alpha, data: bytesToHex(new Uint8Array(sealed)) };
}

/** Undefined when the envelope was not made for this member, or is broken. */
export async function openShare(envelope: ShareEnvelope, decryptionKey: bigint, route: Route): Promise<bigint | undefined> {
  const [alphaText, shared] = encode([envelope.alpha, power(envelope.alpha, decryptionKey)]) as [string, string];
  const cipher = await cipherOf(shared, route, alphaText);
  try {
    const plain = await crypto.subtle.decrypt(cipher.algorithm, cipher.key, new Uint8Array(hexToBytes(envelope.data)));
    return parseScalar(new TextDecoder().decode(plain).replace(/^0+(?=.)/, ""));
  } catch {
    return undefined;
  }
}

export function envelopeJson({ alpha, data }: ShareEnvelope): Json {
  return { alpha: encodeOne(alpha), data };
}

export function readEnvelope(name: string, value: Json | undefined): ShareEnvelope {
  const document = members(name, value, ["alpha", "data"]);
  const data = text(`${name}, data`, document["data"]);
  if (data.length !== dataLength || !/^[0-9a-f]*$/.test(data)) {
    throw new FormatError(`${name}, data`, `${dataLength} hexadecimal digits`);
  }
  return { alpha: readElement(`${name}, alpha`, document["alpha"]), data };
}

async function cipherOf(shared: string, { certificates, from, to }: Route, alpha: string): Promise<{ algorithm: AesGcmParams; key: CryptoKey }> {
  const information = bytes(`share|${certificates}|${from}|${to}|${alpha}`);
  const raw = new Uint8Array(hkdf(sha256, utf8ToBytes(shared), new Uint8Array(0), information, 32));
  return {
    algorithm: { name: "AES-GCM", iv: new Uint8Array(12), additionalData: information, tagLength: 8 * tagBytes },
    key: await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]),
  };
}

function bytes(ascii: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(utf8ToBytes(ascii));
}
