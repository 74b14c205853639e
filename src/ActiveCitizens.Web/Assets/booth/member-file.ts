import { canonical } from "./canonical-json.js";
import {
  makeCertificate, makeCommitment, makeReveal, makeVerificationKey, privateShare, readCertificates, readCommitments, readReveals,
  type CeremonyOutcome, type CeremonySetting, type RevealSet,
} from "./ceremony.js";
import { groupName } from "./group.js";
import { isSeed, newSeed } from "./threshold-seed.js";

/** The one secret of a member, and which set it is for: the file that the command writes with `--plain`, so that a member may go on with either. */
export interface MemberFile {
  readonly seed: string;
  readonly setting: CeremonySetting;
  readonly member: number;
  readonly name: string;
}

export function newMember(setting: CeremonySetting, member: number, name: string): MemberFile {
  return { seed: newSeed(), setting, member, name };
}

export function memberFile({ seed, setting, member, name }: MemberFile): string {
  return JSON.stringify({ Seed: seed, Group: groupName, Size: setting.size, Threshold: setting.threshold, Member: member, Name: name });
}

/** Undefined for anything that is not such a file, in clear, of this very member: the secret of another place or set gives other keys. */
export function readMemberFile(text: string, setting: CeremonySetting, member: number): MemberFile | undefined {
  try {
    const file = JSON.parse(text) as Record<string, unknown> | null;
    const { Seed: seed, Name: name } = file ?? {};
    return typeof seed === "string" && isSeed(seed) && typeof name === "string"
      && file!["Group"] === groupName && file!["Size"] === setting.size && file!["Threshold"] === setting.threshold && file!["Member"] === member
      ? { seed, setting, member, name } : undefined;
  } catch {
    return undefined;
  }
}

/** A document to hand in, and what members compare aloud before they go on: whoever was shown other certificates sees another digest. */
export interface NextDocument {
  readonly document: string;
  readonly certificates?: string;
}

/** @param rounds Documents of the complete rounds, each by member from 1. */
export async function nextDocument({ seed, setting, member, name }: MemberFile, rounds: readonly (readonly string[])[]): Promise<CeremonyOutcome<NextDocument>> {
  const [first, second, third] = rounds;
  if (first === undefined) {
    return { kind: "done", value: { document: makeCertificate(setting, member, seed) } };
  }
  const certificates = readCertificates(setting, first);
  if (certificates.kind === "refused") {
    return certificates;
  }
  const digest = certificates.value.digest;
  const made = (outcome: CeremonyOutcome<string>): CeremonyOutcome<NextDocument> =>
    outcome.kind === "refused" ? outcome : { kind: "done", value: { document: outcome.value, certificates: digest } };
  if (second === undefined) {
    return made(makeCommitment(certificates.value, member, seed));
  }
  const commitments = readCommitments(certificates.value, second);
  if (commitments.kind === "refused") {
    return commitments;
  }
  if (third === undefined) {
    return made(await makeReveal(commitments.value, member, seed));
  }
  const reveals = readReveals(commitments.value, third);
  return reveals.kind === "refused" ? reveals : made(await makeVerificationKey(reveals.value, member, seed, name));
}

/** The private key file with which the member decrypts, from the secret and the public documents of the first three rounds. */
export async function memberPrivateKey({ seed, setting, member }: MemberFile, rounds: readonly (readonly string[])[]): Promise<CeremonyOutcome<string>> {
  const reveals = readAllRounds(setting, rounds);
  if (reveals.kind === "refused") {
    return reveals;
  }
  const share = await privateShare(reveals.value, member, seed);
  return share.kind === "refused" ? share : { kind: "done", value: canonical(share.value.toString()) };
}

function readAllRounds(setting: CeremonySetting, [first, second, third]: readonly (readonly string[])[]): CeremonyOutcome<RevealSet> {
  const certificates = readCertificates(setting, first ?? []);
  if (certificates.kind === "refused") {
    return certificates;
  }
  const commitments = readCommitments(certificates.value, second ?? []);
  return commitments.kind === "refused" ? commitments : readReveals(commitments.value, third ?? []);
}
