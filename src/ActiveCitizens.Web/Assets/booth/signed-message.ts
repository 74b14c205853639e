import { canonical, members, text, type Json } from "./canonical-json.js";
import type { Element } from "./group.js";
import { knowledgeHolds, proofJson, proveKnowledge, readProof, type Proof } from "./proofs.js";

/** A text signed under a threshold member's verification key (PROTOCOL.md section 7). */
export interface SignedMessage {
  readonly message: string;
  readonly signature: Proof;
}

export function signMessage(signingKey: bigint, message: string): SignedMessage {
  return { message, signature: signDetached(signingKey, message) };
}

/** The signature alone, of a text that its readers know already. */
export function signDetached(signingKey: bigint, message: string): Proof {
  return proveKnowledge(prefix(message), signingKey);
}

export function signatureHolds(verificationKey: Element, message: string, signature: Proof): boolean {
  return knowledgeHolds(prefix(message), verificationKey, signature);
}

export function signedJson({ message, signature }: SignedMessage): Json {
  return { message, signature: proofJson(signature) };
}

export function signedDocument(message: SignedMessage): string {
  return canonical(signedJson(message));
}

export function readSigned(name: string, value: Json | undefined): SignedMessage {
  const document = members(name, value, ["message", "signature"]);
  return { message: text(`${name}, message`, document["message"]), signature: readProof(`${name}, signature`, document["signature"]) };
}

function prefix(message: string): string {
  return `sigmsg|${message}|`;
}
