import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { makeBallot } from "../../src/ActiveCitizens.Web/Assets/booth/ballot.js";
import {
  finishCeremony, makeCertificate, makeCommitment, makeReveal, makeVerificationKey, privateShare, readCertificates, readCommitments, readReveals, type CeremonyOutcome,
} from "../../src/ActiveCitizens.Web/Assets/booth/ceremony.js";
import { isSeed, newSeed } from "../../src/ActiveCitizens.Web/Assets/booth/threshold-seed.js";
import { newPrivateKey, partialDecryption, publicKeyFile, readEncryptedTally } from "../../src/ActiveCitizens.Web/Assets/booth/trustee.js";
import { HeldElection } from "./held-election.js";
import { Workshop } from "./support.js";

const setting = { size: 3, threshold: 2 };
const numbers = [1, 2, 3];

function done<T>(outcome: CeremonyOutcome<T>): T {
  assert.equal(outcome.kind, "done", outcome.kind === "refused" ? JSON.stringify(outcome.problems) : "");
  return (outcome as { value: T }).value;
}

function problems<T>(outcome: CeremonyOutcome<T>): string[] {
  assert.equal(outcome.kind, "refused");
  return (outcome.kind === "refused" ? outcome.problems : []).map(({ step, member, what }) => `${step} ${member ?? ""}: ${what}`);
}

async function holdAlone(): Promise<{ seeds: string[]; certificates: string[]; commitments: string[]; reveals: string[]; keys: string[] }> {
  const seeds = numbers.map(newSeed);
  const certificates = numbers.map((i) => makeCertificate(setting, i, seeds[i - 1]!));
  const certificateSet = done(readCertificates(setting, certificates));
  const commitments = numbers.map((i) => done(makeCommitment(certificateSet, i, seeds[i - 1]!)));
  const commitmentSet = done(readCommitments(certificateSet, commitments));
  const reveals = await Promise.all(numbers.map(async (i) => done(await makeReveal(commitmentSet, i, seeds[i - 1]!))));
  const revealSet = done(readReveals(commitmentSet, reveals));
  const keys = await Promise.all(numbers.map(async (i) => done(await makeVerificationKey(revealSet, i, seeds[i - 1]!))));
  return { seeds, certificates, commitments, reveals, keys };
}

test("a member in the browser and two with the command hold a ceremony, and any two decrypt", async () => {
  const held = new HeldElection();
  const at = (name: string): string => path.join(held.workshop.folder, "ceremony", name);
  const all = (step: string): string[] => numbers.map((i) => readFileSync(at(`${step}-${i}.json`), "utf8"));
  for (const i of [2, 3]) {
    held.workshop.json("trustee", "threshold", "start", "--size", "3", "--needed", "2", "--member", `${i}`, "--name", `m${i}`, "--key", `${i}.seed`, "--folder", "ceremony", "--plain");
  }
  const seed = newSeed();
  writeFileSync(at("certificate-1.json"), makeCertificate(setting, 1, seed));
  const others = (step: string): unknown[] => [2, 3].map((i) => held.workshop.json("trustee", "threshold", step, "--key", `${i}.seed`, "--folder", "ceremony", ...(step === "finish" ? ["--private-key", `${i}.privkey`, "--plain"] : [])));

  const [second] = others("commit") as { certificates_fingerprint: string }[];
  const certificates = done(readCertificates(setting, all("certificate")));
  assert.equal(certificates.digest, second!.certificates_fingerprint);
  writeFileSync(at("commitment-1.json"), done(makeCommitment(certificates, 1, seed)));
  others("reveal");
  const commitments = done(readCommitments(certificates, all("commitment")));
  writeFileSync(at("reveal-1.json"), done(await makeReveal(commitments, 1, seed)));
  others("finish");
  const reveals = done(readReveals(commitments, all("reveal")));
  writeFileSync(at("verification-1.json"), done(await makeVerificationKey(reveals, 1, seed, "Élise")));
  held.workshop.json("trustee", "threshold", "combine", "--size", "3", "--needed", "2", "--folder", "ceremony", "--out", "threshold.json");
  assert.equal(done(finishCeremony(reveals, all("verification"))), held.workshop.read("threshold.json").toString("utf8").trim());

  const mandatory = newPrivateKey();
  held.workshop.save("mandatory", publicKeyFile(mandatory));
  await held.setUp([{ question: "q", answers: ["a", "b"], min: 1, max: 1 }], 2, ["--trustee", "mandatory", "--threshold", "threshold.json"]);
  held.add(...held.credentials.map((credential) => makeBallot(held.election, credential, [[0, 1]]).text));
  const tally = readEncryptedTally(held.election, held.encryptedTally());
  held.workshop.json("decrypt", "e.bel", "--key", "3.privkey", "--out", "d3.json");
  const own = done(await privateShare(reveals, 1, seed));
  assert.deepEqual(held.result(partialDecryption(held.election, tally, mandatory), partialDecryption(held.election, tally, own), held.workshop.read("d3.json").toString("utf8").trim()), [[0, 2]]);
});

test("a seed gives the same polynomial in the browser as with the command", () => {
  const folder = new Workshop();
  const names = [1, 2];
  for (const i of names) {
    folder.json("trustee", "threshold", "start", "--size", "2", "--needed", "2", "--member", `${i}`, "--name", "m", "--key", `${i}.seed`, "--folder", "c", "--plain");
  }
  folder.json("trustee", "threshold", "commit", "--key", "1.seed", "--folder", "c");
  const seed = (JSON.parse(folder.read("1.seed").toString("utf8")) as { Seed: string }).Seed;
  assert.ok(isSeed(seed));
  const certificates = done(readCertificates({ size: 2, threshold: 2 }, names.map((i) => folder.read(`c/certificate-${i}.json`).toString("utf8"))));
  const messageOf = (document: string): string => (JSON.parse(document) as { message: string }).message;
  assert.equal(messageOf(done(makeCommitment(certificates, 1, seed))), messageOf(folder.read("c/commitment-1.json").toString("utf8")));
});

test("documents that do not fit together are refused, and say whose they are", async () => {
  const ours = await holdAlone();
  const theirs = await holdAlone();
  const certificates = done(readCertificates(setting, ours.certificates));
  const commitments = done(readCommitments(certificates, ours.commitments));
  const reveals = done(readReveals(commitments, ours.reveals));
  const swap = (documents: readonly string[], i: number, other: string): string[] => documents.map((d, k) => k === i ? other : d);

  assert.deepEqual(problems(readCertificates(setting, ours.certificates.slice(1))), ["certificate : 2 documents for 3 members"]);
  assert.deepEqual(problems(readCertificates({ size: 3, threshold: 3 }, ours.certificates)), numbers.map((i) => `certificate ${i}: it was made for another group, size, threshold or place`));
  assert.deepEqual(problems(readCertificates(setting, swap(ours.certificates, 1, makeCertificate(setting, 2, ours.seeds[0]!)))), ["certificate 2: an earlier member has the same key"]);
  assert.deepEqual(problems(readCertificates(setting, swap(ours.certificates, 2, ours.certificates[2]!.replace(/"response":"[0-9]+"/, '"response":"1"')))), ["certificate 3: its signature does not hold"]);
  assert.match(problems(readCertificates(setting, swap(ours.certificates, 0, "{}")))[0]!, /^certificate 1: certificate: expected the members/);

  assert.deepEqual(problems(readCommitments(certificates, swap(ours.commitments, 1, theirs.commitments[1]!))), ["commitment 2: it was made for other certificates: some member was shown others"]);
  assert.deepEqual(problems(readCommitments(certificates, [ours.commitments[1]!, ours.commitments[0]!, ours.commitments[2]!])), [1, 2].map((i) => `commitment ${i}: it is another member's`));
  assert.deepEqual(problems(readReveals(commitments, swap(ours.reveals, 0, theirs.reveals[0]!))), ["reveal 1: its polynomial is not the one it committed to"]);
  assert.deepEqual(problems(finishCeremony(reveals, swap(ours.keys, 2, theirs.keys[2]!))), ["verification-key 3: it is not the key that the polynomials give"]);
  assert.deepEqual(problems(makeCommitment(certificates, 1, theirs.seeds[0]!)), ["certificate 1: it is not the certificate that this seed gives"]);
  assert.deepEqual(problems(await privateShare(reveals, 2, ours.seeds[0]!)), ["certificate 2: it is not the certificate that this seed gives"]);
});

test("a share that is wrong or cannot be opened names its sender", async () => {
  const { certificates, commitments, reveals, seeds } = await holdAlone();
  const set = done(readReveals(done(readCommitments(done(readCertificates(setting, certificates)), commitments)), reveals));
  const [first, second] = set.reveals as [(typeof set.reveals)[number], (typeof set.reveals)[number]];
  const broken = { ...first, shares: first.shares.map((share) => ({ ...share, data: share.data.replace(/^./, (c) => c === "0" ? "1" : "0") })) };
  const other = { ...second, elements: first.elements };
  assert.deepEqual(problems(await privateShare({ ...set, reveals: [broken, other, set.reveals[2]!] }, 3, seeds[2]!)),
    ["share 1: the share it sent to member 3 cannot be opened", "share 2: the share it sent to member 3 is not the value of its polynomial"]);
});
