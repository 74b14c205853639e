import { bytesToHex } from "@noble/hashes/utils.js";

/** The order of the group Ed25519 (PROTOCOL.md section 2.4). Scalars are bigints in [0, order). */
export const order = 2n ** 252n + 27742317777372353535851937790883648493n;

// 260 bits more than the order: no value is likelier than another by any measurable amount.
const drawnBytes = 64;

export function reduce(value: bigint): bigint {
  const rest = value % order;
  return rest < 0n ? rest + order : rest;
}

/** Bytes as a big-endian number, modulo the order. */
export function scalarOfBytes(bytes: Uint8Array): bigint {
  return reduce(BigInt(`0x${bytesToHex(bytes)}`));
}

/** Uniform in [0, order). */
export function randomScalar(): bigint {
  return scalarOfBytes(crypto.getRandomValues(new Uint8Array(drawnBytes)));
}

/** Reads the one spelling of a scalar: decimal, no sign, no leading zero, below the order. Undefined for anything else. */
export function parseScalar(text: string): bigint | undefined {
  if (!/^(?:0|[1-9][0-9]{0,75})$/.test(text)) {
    return undefined;
  }
  const value = BigInt(text);
  return value < order ? value : undefined;
}
