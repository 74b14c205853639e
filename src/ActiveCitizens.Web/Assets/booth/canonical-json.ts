/** What the protocol's documents are made of. Members of an object stand in the order in which they were added. */
export type Json = string | number | boolean | readonly Json[] | { readonly [name: string]: Json };

const largestNumber = 2 ** 30 - 1;
const escapes: Readonly<Record<string, string>> = { '"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** A document, or part of one, is not what the protocol says. The message is for a technician. */
export class FormatError extends Error {
  override readonly name = "FormatError";

  constructor(readonly document: string, expected: string) {
    super(`${document}: expected ${expected}`);
  }
}

/**
 * The canonical form of PROTOCOL.md section 1.
 * @throws RangeError for numbers that the form does not write as numbers, and for half a surrogate pair.
 */
export function canonical(value: Json): string {
  if (typeof value === "string") {
    return quoted(value);
  }
  if (typeof value === "number") {
    if (!Number.isInteger(value) || value < 0 || value > largestNumber || Object.is(value, -0)) {
      throw new RangeError(`${value} is not written as a number`);
    }
    return value.toString();
  }
  if (typeof value === "boolean") {
    return value ? "true" : "false";
  }
  return Array.isArray(value)
    ? `[${value.map(canonical).join(",")}]`
    : `{${Object.entries(value).map(([name, member]) => `${quoted(name)}:${canonical(member)}`).join(",")}}`;
}

/** A weight or a count: a number up to 2^30 - 1, a decimal in quotes above. */
export function weight(value: bigint): Json {
  return value <= BigInt(largestNumber) ? Number(value) : value.toString();
}

/**
 * Reads a document that must be in canonical form to the byte.
 * @param name For messages.
 */
export function parseCanonical(name: string, text: string): Json {
  let value: Json;
  let again: string;
  try {
    value = JSON.parse(text) as Json;
    again = canonical(value);
  } catch {
    throw new FormatError(name, "JSON in the canonical form");
  }
  // Everything that JSON leaves open (spaces, escapes, numbers, members twice) shows as a difference here.
  if (again !== text) {
    throw new FormatError(name, "the canonical form of JSON");
  }
  return value;
}

/** An object with exactly these members in this order; names that end with ? may be missing. */
export function members(name: string, value: Json | undefined, names: readonly string[]): { readonly [name: string]: Json } {
  if (typeof value !== "object" || Array.isArray(value)) {
    throw new FormatError(name, "an object");
  }
  const found = Object.keys(value);
  const expected = names.filter((n) => !n.endsWith("?") || found.includes(n.slice(0, -1))).map((n) => n.replace(/\?$/, ""));
  if (found.join() !== expected.join()) {
    throw new FormatError(name, `the members ${names.join(", ")} in this order`);
  }
  return value as { readonly [name: string]: Json };
}

/** @param length Of the array, when it is fixed. */
export function list(name: string, value: Json | undefined, length?: number): readonly Json[] {
  if (!Array.isArray(value) || (length !== undefined && value.length !== length)) {
    throw new FormatError(name, length === undefined ? "an array" : `an array of ${length}`);
  }
  return value as readonly Json[];
}

export function text(name: string, value: Json | undefined): string {
  if (typeof value !== "string") {
    throw new FormatError(name, "a text");
  }
  return value;
}

export function integer(name: string, value: Json | undefined, min: number, max: number): number {
  if (typeof value !== "number" || value < min || value > max) {
    throw new FormatError(name, `a number from ${min} to ${max}`);
  }
  return value;
}

export function decodeUtf8(name: string, bytes: Uint8Array): string {
  try {
    // A byte order mark is part of the document, and wrong in it.
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new FormatError(name, "UTF-8");
  }
}

function quoted(value: string): string {
  if (/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(value)) {
    throw new RangeError("a text holds half a surrogate pair");
  }
  return `"${value.replace(/["\\\u0000-\u001f\u007f]/g, (c) => escapes[c] ?? `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`)}"`;
}
