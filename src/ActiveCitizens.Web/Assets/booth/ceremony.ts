import { canonical, FormatError, integer, list, members, parseCanonical, text, type Json } from "./canonical-json.js";
import { encode, generator, groupName, identity, power, product, publicPower, type Element } from "./group.js";
import { hexDigest } from "./hashing.js";
import { proofJson, readElement, readProof, type Proof } from "./proofs.js";
import { reduce } from "./scalars.js";
import { envelopeJson, openShare, readEnvelope, sealShare, type ShareEnvelope } from "./share-envelope.js";
import { readSigned, signatureHolds, signDetached, signedDocument, signedJson, signMessage, type SignedMessage } from "./signed-message.js";
import { decryptionKey, polynomial, signingKey } from "./threshold-seed.js";
import { possessionHolds, proveKey, readTrusteeKey, trusteeKeyJson, type TrusteeKey } from "./trustee.js";

/*
 * The key ceremony of a threshold set (PROTOCOL.md section 7), with the documents of the command `activecitizens trustee
 * threshold`: certificate; commitment to the polynomial; the polynomial itself with the shares; verification key. Each
 * step is a document per member that everybody gets; every step checks everything it receives. A member keeps nothing but
 * the seed.
 */

/** What members agree on before: 1 to 100 members, of whom `threshold` are needed to decrypt. */
export interface CeremonySetting {
  readonly size: number;
  readonly threshold: number;
}

export type CeremonyStep = "certificate" | "commitment" | "reveal" | "share" | "verification-key";

/** Why a step cannot go on: whose document is meant (from 1; none when all are), and what is wrong, for a technician. */
export interface CeremonyProblem {
  readonly step: CeremonyStep;
  readonly member?: number;
  readonly what: string;
}

/** A step done, or everything that is wrong with what was received for it. */
export type CeremonyOutcome<T> = { readonly kind: "done"; readonly value: T } | { readonly kind: "refused"; readonly problems: readonly CeremonyProblem[] };

/** The certificates of all members, checked: the end of step 1. */
export interface CertificateSet {
  readonly setting: CeremonySetting;
  /** What members may compare aloud: whoever sees other certificates sees another digest. Hexadecimal. */
  readonly digest: string;
  readonly messages: readonly SignedMessage[];
  readonly keys: readonly { readonly verification: Element; readonly encryption: Element }[];
}

/** Every member's hash of a polynomial not yet shown: the end of step 2. */
export interface CommitmentSet {
  readonly certificates: CertificateSet;
  readonly digest: string;
  readonly hashes: readonly string[];
}

interface Reveal {
  readonly coefexps: SignedMessage;
  readonly elements: readonly Element[];
  readonly signature: Proof;
  readonly shares: readonly ShareEnvelope[];
}

/** Every member's polynomial, as committed to, with the shares for all: the end of step 3. */
export interface RevealSet {
  readonly commitments: CommitmentSet;
  readonly reveals: readonly Reveal[];
}

/** Step 1: the document that names the member's keys. */
export function makeCertificate(setting: CeremonySetting, index: number, seed: string): string {
  const keys = encode([power(generator, signingKey(seed)), power(generator, decryptionKey(seed))]);
  return signedDocument(signMessage(signingKey(seed), canonical({ context: contextJson(setting, index), verification: keys[0]!, encryption: keys[1]! })));
}

/** @param documents By member, from 1. */
export function readCertificates(setting: CeremonySetting, documents: readonly string[]): CeremonyOutcome<CertificateSet> {
  const messages: SignedMessage[] = [];
  const keys: { verification: Element; encryption: Element }[] = [];
  return readAll("certificate", setting.size, documents, (document, index) => {
    const signed = readSigned("certificate", document);
    const message = members("certificate", parseCanonical("certificate", signed.message), ["context", "verification", "encryption"]);
    const verification = readElement("certificate, verification", message["verification"]);
    const encryption = readElement("certificate, encryption", message["encryption"]);
    const twice = keys.some((other) => other.verification.equals(verification) || other.encryption.equals(encryption));
    messages.push(signed);
    keys.push({ verification, encryption });
    return canonical(message["context"]!) !== canonical(contextJson(setting, index)) ? "it was made for another group, size, threshold or place"
      : verification.equals(identity) || encryption.equals(identity) ? "a key is the identity"
      : !signatureHolds(verification, signed.message, signed.signature) ? "its signature does not hold"
      : twice ? "an earlier member has the same key"
      : undefined;
  }, () => ({ setting, digest: hexDigest(canonical(messages.map(signedJson))), messages, keys }));
}

/** Step 2: the hash of the member's polynomial, which is not shown yet. */
export function makeCommitment(certificates: CertificateSet, index: number, seed: string): CeremonyOutcome<string> {
  const problem = findOwnProblem(certificates, index, seed);
  return problem ?? done(signedDocument(signMessage(signingKey(seed), canonical({
    certs: certificates.digest, index, commitment: commitmentOf(certificates, index, polynomialOf(certificates, seed).message),
  }))));
}

/** @param documents By member, from 1. */
export function readCommitments(certificates: CertificateSet, documents: readonly string[]): CeremonyOutcome<CommitmentSet> {
  const hashes: string[] = [];
  return readAll("commitment", certificates.setting.size, documents, (document, index) => {
    const signed = readSigned("commitment", document);
    const message = members("commitment", parseCanonical("commitment", signed.message), ["certs", "index", "commitment"]);
    const hash = text("commitment", message["commitment"]);
    if (!/^[0-9a-f]{64}$/.test(hash)) {
      throw new FormatError("commitment", "64 lower-case hexadecimal digits");
    }
    hashes.push(hash);
    return message["certs"] !== certificates.digest ? "it was made for other certificates: some member was shown others"
      : message["index"] !== index ? "it is another member's"
      : !signatureHolds(certificates.keys[index - 1]!.verification, signed.message, signed.signature) ? "its signature does not hold"
      : undefined;
  }, () => ({ certificates, hashes, digest: hexDigest(hashes.join("|")) }));
}

/** Step 3, when all commitments are there: the polynomial, and a share for each member that only that member can open. */
export async function makeReveal(commitments: CommitmentSet, index: number, seed: string): Promise<CeremonyOutcome<string>> {
  const { certificates } = commitments;
  const problem = findOwnProblem(certificates, index, seed);
  if (problem !== undefined) {
    return problem;
  }
  const { message, coefficients, texts } = polynomialOf(certificates, seed);
  if (commitmentOf(certificates, index, message) !== commitments.hashes[index - 1]) {
    return refused("commitment", index, "it is not the commitment that this seed gives");
  }
  const shares = await Promise.all(certificates.keys.map(({ encryption }, to) =>
    sealShare(encryption, valueAt(coefficients, to + 1), { certificates: certificates.digest, from: index, to: to + 1 })));
  const key = signingKey(seed);
  return done(canonical({
    coefexps: signedJson(signMessage(key, message)),
    signature: proofJson(signDetached(key, signedText(certificates, texts))),
    shares: signedJson(signMessage(key, canonical({ certs: certificates.digest, commitments: commitments.digest, index, shares: shares.map(envelopeJson) }))),
  }));
}

/** @param documents By member, from 1. */
export function readReveals(commitments: CommitmentSet, documents: readonly string[]): CeremonyOutcome<RevealSet> {
  const { certificates } = commitments;
  const { setting } = certificates;
  const reveals: Reveal[] = [];
  return readAll("reveal", setting.size, documents, (value, index) => {
    const document = members("reveal", value, ["coefexps", "signature", "shares"]);
    const coefexps = readSigned("reveal, coefexps", document["coefexps"]);
    const signature = readProof("reveal, signature", document["signature"]);
    const sharesMessage = readSigned("reveal, shares", document["shares"]);
    const elements = list("polynomial", members("polynomial", parseCanonical("polynomial", coefexps.message), ["coefexps"])["coefexps"], setting.threshold)
      .map((element) => readElement("polynomial", element));
    const header = members("shares", parseCanonical("shares", sharesMessage.message), ["certs", "commitments", "index", "shares"]);
    const shares = list("shares", header["shares"], setting.size).map((share) => readEnvelope("shares", share));
    reveals.push({ coefexps, elements, signature, shares });
    const key = certificates.keys[index - 1]!.verification;
    return commitmentOf(certificates, index, coefexps.message) !== commitments.hashes[index - 1] ? "its polynomial is not the one it committed to"
      : !signatureHolds(key, coefexps.message, coefexps.signature) ? "the signature of its polynomial does not hold"
      : !signatureHolds(key, signedText(certificates, encode(elements)), signature) ? "its signature over all certificates does not hold"
      : header["certs"] !== certificates.digest || header["commitments"] !== commitments.digest || integer("shares, index", header["index"], 1, setting.size) !== index
        ? "its shares were made for other certificates, commitments or another member"
      : !signatureHolds(key, sharesMessage.message, sharesMessage.signature) ? "the signature of its shares does not hold"
      : undefined;
  }, () => ({ commitments, reveals }));
}

/** S_j, with which the member decrypts: from the seed and the documents of the ceremony, whenever it is needed. Opens and checks every share. */
export async function privateShare(set: RevealSet, index: number, seed: string): Promise<CeremonyOutcome<bigint>> {
  const { certificates } = set.commitments;
  const problem = findOwnProblem(certificates, index, seed);
  if (problem !== undefined) {
    return problem;
  }
  const problems: CeremonyProblem[] = [];
  let sum = 0n;
  for (const [i, reveal] of set.reveals.entries()) {
    const from = i + 1;
    const share = await openShare(reveal.shares[index - 1]!, decryptionKey(seed), { certificates: certificates.digest, from, to: index });
    if (share === undefined) {
      problems.push({ step: "share", member: from, what: `the share it sent to member ${index} cannot be opened` });
    } else if (!power(generator, share).equals(elementAt(reveal.elements, index))) {
      problems.push({ step: "share", member: from, what: `the share it sent to member ${index} is not the value of its polynomial` });
    } else {
      sum = reduce(sum + share);
    }
  }
  return problems.length > 0 ? { kind: "refused", problems } : done(sum);
}

/** Step 4: publishes the key that the shares of all members add up to. */
export async function makeVerificationKey(set: RevealSet, index: number, seed: string, name?: string): Promise<CeremonyOutcome<string>> {
  const share = await privateShare(set, index, seed);
  if (share.kind === "refused") {
    return share;
  }
  const key = proveKey(share.value, name);
  return done(canonical(trusteeKeyJson({ ...key, signature: signDetached(signingKey(seed), key.text) })));
}

/**
 * After step 4: the entry of the trustees file, which the command calls threshold.json.
 * @param documents By member, from 1.
 */
export function finishCeremony(set: RevealSet, documents: readonly string[]): CeremonyOutcome<string> {
  const { certificates } = set.commitments;
  const keys: TrusteeKey[] = [];
  return readAll("verification-key", certificates.setting.size, documents, (document, index) => {
    const key = readTrusteeKey("verification key", document);
    keys.push(key);
    return !key.key.equals(product(set.reveals.map((reveal) => elementAt(reveal.elements, index)))) ? "it is not the key that the polynomials give"
      : !possessionHolds(key) ? "the proof of the key does not hold"
      : key.signature === undefined || !signatureHolds(certificates.keys[index - 1]!.verification, key.text, key.signature) ? "its signature does not hold"
      : undefined;
  }, () => canonical({
    threshold: certificates.setting.threshold,
    certs: certificates.messages.map(signedJson),
    coefexps: set.reveals.map((reveal) => signedJson(reveal.coefexps)),
    signatures: set.reveals.map((reveal) => proofJson(reveal.signature)),
    verification_keys: keys.map(trusteeKeyJson),
  }));
}

function done<T>(value: T): CeremonyOutcome<T> {
  return { kind: "done", value };
}

function refused(step: CeremonyStep, member: number, what: string): { kind: "refused"; problems: CeremonyProblem[] } {
  return { kind: "refused", problems: [{ step, member, what }] };
}

function readAll<T>(step: CeremonyStep, size: number, documents: readonly string[], check: (document: Json, index: number) => string | undefined, value: () => T): CeremonyOutcome<T> {
  if (documents.length !== size) {
    return { kind: "refused", problems: [{ step, what: `${documents.length} documents for ${size} members` }] };
  }
  const problems = documents.flatMap((document, i): CeremonyProblem[] => {
    try {
      const what = check(parseCanonical(step, document.replace(/\n$/, "")), i + 1);
      return what === undefined ? [] : [{ step, member: i + 1, what }];
    } catch (e) {
      if (e instanceof FormatError) {
        return [{ step, member: i + 1, what: e.message }];
      }
      throw e;
    }
  });
  return problems.length > 0 ? { kind: "refused", problems } : done(value());
}

/** A member signs nothing for a set in which another key stands in the own place. */
function findOwnProblem(certificates: CertificateSet, index: number, seed: string): { kind: "refused"; problems: CeremonyProblem[] } | undefined {
  const own = certificates.keys[index - 1];
  return own !== undefined && own.verification.equals(power(generator, signingKey(seed))) && own.encryption.equals(power(generator, decryptionKey(seed)))
    ? undefined
    : refused("certificate", index, "it is not the certificate that this seed gives");
}

export function contextJson({ size, threshold }: CeremonySetting, index: number): Json {
  return { group: groupName, size, threshold, index };
}

function polynomialOf(certificates: CertificateSet, seed: string): { message: string; coefficients: bigint[]; texts: string[] } {
  const coefficients = polynomial(seed, certificates.setting.threshold, certificates.digest);
  const texts = encode(coefficients.map((a) => power(generator, a)));
  return { message: canonical({ coefexps: texts }), coefficients, texts };
}

function commitmentOf(certificates: CertificateSet, index: number, polynomialMessage: string): string {
  return hexDigest(`coefexps_commitment|${certificates.digest}|${index}|${polynomialMessage}`);
}

/** The text that the full form has each member sign: all certificates and the own polynomial. */
export function signedText(certificates: Pick<CertificateSet, "messages">, coefexps: readonly string[]): string {
  return `certs_sig|${canonical({ certs: certificates.messages.map(signedJson), coefexps })}`;
}

function valueAt(coefficients: readonly bigint[], j: number): bigint {
  return coefficients.reduceRight((value, a) => reduce(value * BigInt(j) + a), 0n);
}

/** g to the value of a public polynomial, by Horner's rule: powers of a small number. */
export function elementAt(elements: readonly Element[], j: number): Element {
  return elements.reduceRight((value, element) => publicPower(value, BigInt(j)).add(element), identity);
}
