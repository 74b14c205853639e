import { FpInvertBatch } from "@noble/curves/abstract/modular.js";
import { ed25519 } from "@noble/curves/ed25519.js";

/** An element of the group Ed25519, written multiplicatively in the protocol and additively by the curve library. */
export type Element = InstanceType<typeof ed25519.Point>;

export const groupName = "Ed25519";
export const elementTextLength = 64;

const { Point } = ed25519;
const field = Point.Fp;
// 44 additions for a power; larger tables are slower to make than they save in one ballot.
const tableWindow = 6;

export const identity: Element = Point.ZERO;
export const generator: Element = Point.BASE;

/** Makes the table for powers of an element that is used many times, at once: some milliseconds. */
export function prepare(base: Element): Element {
  return base.precompute(tableWindow, false);
}

export function product(elements: Iterable<Element>): Element {
  let sum = identity;
  for (const element of elements) {
    sum = sum.add(element);
  }
  return sum;
}

/**
 * base^exponent for a secret exponent in [0, order): the same sequence of operations for every exponent. Big numbers
 * of JavaScript take unequal time all the same, so whoever measures this device closely learns something.
 */
export function power(base: Element, exponent: bigint): Element {
  // The library refuses zero; the work is done nevertheless, so that zero takes no less time.
  const result = base.multiply(exponent === 0n ? 1n : exponent);
  return exponent === 0n ? identity : result;
}

/** base^exponent for a public exponent in [0, order). */
export function publicPower(base: Element, exponent: bigint): Element {
  return base.multiplyUnsafe(exponent);
}

/** str(e) of every element, with one inversion for all: 64 hexadecimal digits of y + 2^255 (x mod 2), most significant first. */
export function encode(elements: readonly Element[]): string[] {
  const inverses = FpInvertBatch(field, elements.map((element) => element.Z));
  return elements.map((element, i) => {
    const { x, y } = element.toAffine(inverses[i]);
    return (y | ((x & 1n) << 255n)).toString(16).padStart(elementTextLength, "0");
  });
}

export function encodeOne(element: Element): string {
  return encode([element])[0] ?? "";
}

/** Reads the one spelling of an element of the prime-order group (PROTOCOL.md section 2.4). Undefined for anything else. */
export function decode(text: string): Element | undefined {
  const point = decodePoint(text);
  return point?.isTorsionFree() === true ? point : undefined;
}

/** A point of the curve, of whatever order. */
function decodePoint(text: string): Element | undefined {
  if (!/^[0-9a-f]{64}$/.test(text)) {
    return undefined;
  }
  const littleEndian = (text.match(/../g) ?? []).reverse().join("");
  try {
    return Point.fromHex(littleEndian, false);
  } catch {
    return undefined;
  }
}
