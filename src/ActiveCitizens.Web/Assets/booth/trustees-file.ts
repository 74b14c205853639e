import { canonical, FormatError, integer, list, members, parseCanonical } from "./canonical-json.js";
import { contextJson, elementAt, signedText } from "./ceremony.js";
import { encode, product, type Element } from "./group.js";
import { readElement, readProof } from "./proofs.js";
import { readSigned, signatureHolds } from "./signed-message.js";
import { possessionHolds, readTrusteeKey, type TrusteeKey } from "./trustee.js";

const maxMembers = 100;

export interface Trustees {
  /** By trustee number: number k is `keys[k - 1]`, through mandatory trustees and members of threshold sets. */
  readonly keys: readonly TrusteeKey[];
  /** The election's key that they give. */
  readonly publicKey: Element;
}

/**
 * Reads the trustees file and checks every proof and signature in it (PROTOCOL.md sections 6 and 7, full form).
 * @throws FormatError when it is not the canonical form, or something in it does not hold.
 */
export function readTrustees(file: string): Trustees {
  const keys: TrusteeKey[] = [];
  const parts: Element[] = [];
  for (const entry of list("trustees", parseCanonical("trustees", file))) {
    const [kind, value] = list("trustees", entry, 2);
    if (kind === "Single") {
      const key = readTrusteeKey(`trustee ${keys.length + 1}`, value!);
      hold(`trustee ${keys.length + 1}`, key.signature === undefined && possessionHolds(key), "a proof of its key that holds");
      keys.push(key);
      parts.push(key.key);
    } else if (kind === "Pedersen") {
      const set = readPedersen(keys.length, value);
      keys.push(...set.keys);
      parts.push(...set.constants);
    } else {
      throw new FormatError("trustees", "Single or Pedersen");
    }
  }
  return { keys, publicKey: product(parts) };
}

/** @param before Trustees before the set. */
function readPedersen(before: number, value: Parameters<typeof members>[1]): { keys: TrusteeKey[]; constants: Element[] } {
  const document = members("threshold set", value, ["threshold", "certs", "coefexps", "signatures", "verification_keys"]);
  const certs = list("threshold set, certs", document["certs"]).map((cert) => readSigned("threshold set, certs", cert));
  const size = certs.length;
  hold("threshold set", size >= 1 && size <= maxMembers, `1 to ${maxMembers} members`);
  const threshold = integer("threshold set, threshold", document["threshold"], 1, size);
  const setting = { size, threshold };
  const [coefexps, signatures, given] = ["coefexps", "signatures", "verification_keys"].map((name) => list(`threshold set, ${name}`, document[name], size)) as [readonly never[], readonly never[], readonly never[]];
  const polynomials: Element[][] = [];
  const keys = certs.map((cert, i) => {
    const name = `trustee ${before + i + 1}`;
    const certificate = members(name, parseCanonical(name, cert.message), ["context", "verification", "encryption"]);
    const verification = readElement(`${name}, verification`, certificate["verification"]);
    readElement(`${name}, encryption`, certificate["encryption"]);
    hold(name, canonical(certificate["context"]!) === canonical(contextJson(setting, i + 1)), "a certificate for this set and place");
    hold(name, signatureHolds(verification, cert.message, cert.signature), "a signature of its certificate that holds");
    const signed = readSigned(name, coefexps[i]);
    const elements = list(name, members(name, parseCanonical(name, signed.message), ["coefexps"])["coefexps"], threshold).map((element) => readElement(name, element));
    polynomials.push(elements);
    hold(name, signatureHolds(verification, signed.message, signed.signature), "a signature of its polynomial that holds");
    hold(name, signatureHolds(verification, signedText({ messages: certs }, encode(elements)), readProof(name, signatures[i])), "a signature over all certificates that holds");
    const key = readTrusteeKey(name, given[i]!);
    hold(name, possessionHolds(key), "a proof of its verification key that holds");
    hold(name, key.signature !== undefined && signatureHolds(verification, key.text, key.signature), "a signature of its verification key that holds");
    return key;
  });
  keys.forEach((key, i) => hold(`trustee ${before + i + 1}`, key.key.equals(product(polynomials.map((elements) => elementAt(elements, i + 1)))), "the verification key that the polynomials give"));
  return { keys, constants: polynomials.map((elements) => elements[0]!) };
}

function hold(name: string, holds: boolean, expected: string): void {
  if (!holds) {
    throw new FormatError(name, expected);
  }
}
