import assert from "node:assert/strict";
import { test } from "node:test";
import { readFileSync } from "node:fs";
import path from "node:path";
import { makeBallot, trackerOf } from "../../src/ActiveCitizens.Web/Assets/booth/ballot.js";
import { findFailedProof, readBallot } from "../../src/ActiveCitizens.Web/Assets/booth/ballot-check.js";
import { issueCredentials, publicCredential } from "../../src/ActiveCitizens.Web/Assets/booth/credentials.js";
import { readElection, type Choices, type Question } from "../../src/ActiveCitizens.Web/Assets/booth/election.js";
import {
  keyChecksum, newPrivateKey, partialDecryption, possessionHolds, privateKeyFile, proveKey, publicKeyFile, readEncryptedTally, readPrivateKey, readTrusteeKey,
} from "../../src/ActiveCitizens.Web/Assets/booth/trustee.js";
import { council, HeldElection } from "./held-election.js";
import { ballotBeginning, documentsOf, electionBeginning, Workshop } from "./support.js";

const tool = process.env["BELENIOS_TOOL_ED"];
const withTool = { skip: tool === undefined && process.env["CI"] !== "true" ? "belenios-tool is not at hand: run the tests through tests/with-belenios" : false };

function verifyWithTool(held: HeldElection): void {
  const folder = new Workshop();
  folder.save(`${held.election.uuid}.bel`, held.workshop.read("e.bel"));
  const { code, errors, output } = folder.run(tool!, "election", "verify", "--dir", folder.folder);
  assert.equal(code, 0, errors + output);
}

test("an election with keys, credentials, ballots and decryptions of the browser is valid for the command", async () => {
  const held = new HeldElection();
  const [anna, bilal] = [newPrivateKey(), newPrivateKey()];
  held.workshop.save("anna.pubkey", publicKeyFile(anna, "Anna"));
  held.workshop.save("bilal.pubkey", publicKeyFile(bilal));
  await held.setUp([{ question: "Who?", answers: ["Ana", "Bo", "Chloé"], min: 1, max: 2, blank: true }, { question: "Yes?", answers: ["Yes", "No"], min: 1, max: 1 }],
    4, ["--trustee", "anna.pubkey", "--trustee", "bilal.pubkey"]);
  const votes = [[[0, 1, 1, 0], [1, 0]], [[1, 0, 0, 0], [0, 1]], [[0, 0, 0, 1], [1, 0]], [[0, 0, 1, 1], [0, 1]]];
  votes.forEach((choices, i) => {
    const ballot = makeBallot(held.election, held.credentials[i]!, choices);
    assert.deepEqual(held.add(ballot.text), [ballot.tracker]);
    assert.equal(trackerOf(Buffer.from(ballot.text)), ballot.tracker);
  });
  // Whoever votes again is counted once, with the last ballot.
  held.add(makeBallot(held.election, held.credentials[3]!, [[0, 0, 1, 0], [1, 0]]).text);
  const tally = readEncryptedTally(held.election, held.encryptedTally());
  assert.deepEqual(held.result(partialDecryption(held.election, tally, anna), partialDecryption(held.election, tally, bilal)), [[1, 1, 2, 1], [3, 1]]);
});

test("belenios-tool verifies a council election of the browser", withTool, async () => {
  const held = new HeldElection();
  const key = newPrivateKey();
  held.workshop.save("key", publicKeyFile(key, "Anna"));
  await held.setUp([council], 4, ["--trustee", "key"]);
  const none = Array<number>(15).fill(0);
  const votes = [[1, ...none], [0, ...Array<number>(9).fill(1), ...none.slice(9)], [0, ...none.slice(1), 1], [0, ...none]];
  const ballots = votes.map((choices, i) => makeBallot(held.election, held.credentials[i]!, [choices]));
  assert.deepEqual(held.add(...ballots.map((b) => b.text)), ballots.map((b) => b.tracker));
  const tally = readEncryptedTally(held.election, held.encryptedTally());
  assert.deepEqual(held.result(partialDecryption(held.election, tally, key)), [[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 1]]);
  verifyWithTool(held);
});

test("belenios-tool's keys and credentials are usable in the browser, and ours by it", withTool, async () => {
  const folder = new Workshop();
  folder.save("voters.txt", "a@example.org,v1\n");
  const uuid = folder.run(tool!, "setup", "generate-token").output.trim();
  const issued = await issueCredentials(uuid, 1);
  folder.run(tool!, "setup", "generate-trustee-key", "--group", "Ed25519");
  const name = folder.run("/bin/ls").output.split("\n").find((file) => file.endsWith(".privkey"))!;
  const privateKey = readPrivateKey(folder.read(name).toString("utf8"));
  const publicKey = readTrusteeKey("public key", JSON.parse(folder.read(name.replace("privkey", "pubkey")).toString("utf8")));
  assert.ok(possessionHolds(publicKey));
  assert.equal(publicKey.text, proveKey(privateKey).text);

  // A ballot that the tool makes with our credential, in an election with our list, holds for us and has the key of our list.
  folder.save("public.json", issued.publicList);
  folder.save("key", folder.read(name.replace("privkey", "pubkey")));
  folder.save("template.json", JSON.stringify({ name: "n", description: "d", questions: [{ question: "q", answers: ["a", "b", "c"], min: 0, max: 2, blank: true }] }));
  folder.json("election", "new", "template.json", "--uuid", uuid, "--credentials", "public.json", "--trustee", "key", "--out", `${uuid}.bel`);
  folder.save("choice.json", "[[0,1,0,1]]");
  folder.save("credential.txt", issued.privateCredentials[0]!);
  const { output, errors } = folder.run(tool!, "election", "generate-ballot", "--dir", folder.folder, "--privcred", "credential.txt", "--choice", "choice.json");
  const election = readElection(Buffer.from(documentsOf(folder.read(`${uuid}.bel`), electionBeginning)[0]!));
  const ballot = readBallot(election, output.trim());
  assert.equal(ballot.credential, issued.publicKeys[0]);
  assert.equal(findFailedProof(election, ballot), undefined, errors);
});

test("random elections and choices give ballots that the command accepts", async () => {
  const below = (n: number): number => Math.floor(Math.random() * n);
  const held: HeldElection[] = [];
  for (let run = 0; run < 6; run++) {
    const questions = Array.from({ length: 1 + below(3) }, (_, i) => {
      const answers = Array.from({ length: 1 + below(6) }, (__, k) => `${run}.${i}.${k}`);
      const max = below(answers.length + 1);
      return { question: `q${i}`, answers, max, min: below(max + 1), ...(Math.random() < 0.5 ? { blank: true } : {}) };
    });
    const election = new HeldElection();
    held.push(election);
    election.workshop.save("key", publicKeyFile(newPrivateKey()));
    await election.setUp(questions, 5, ["--trustee", "key"]);
    const ballots = election.credentials.map((credential) => makeBallot(election.election, credential, election.election.questions.map(randomValues)));
    assert.deepEqual(election.add(...ballots.map((b) => b.text)), ballots.map((b) => b.tracker), JSON.stringify(questions));
  }

  function randomValues({ answers, blank, min, max }: Question): number[] {
    const isBlank = blank && Math.random() < 0.3;
    const chosen = isBlank ? 0 : min + below(max - min + 1);
    const values = answers.map((_, i) => i < chosen ? 1 : 0).map((value) => ({ value, at: Math.random() })).sort((a, b) => a.at - b.at).map(({ value }) => value);
    return blank ? [isBlank ? 1 : 0, ...values] : values;
  }
});

test("ballots that the command makes hold in the browser, with the same trackers", async () => {
  const held = new HeldElection();
  held.workshop.save("key", publicKeyFile(newPrivateKey()));
  await held.setUp([{ question: "q", answers: ["a", "b", "c"], min: 1, max: 2, blank: true }, { question: "r", answers: ["a", "b"], min: 0, max: 1 }], 2, ["--trustee", "key"]);
  const choices: Choices[] = [[[1, 0, 0, 0], [0, 1]], [[0, 1, 0, 1], [0, 0]]];
  choices.forEach((values, i) => {
    held.workshop.save("choices.json", JSON.stringify(values));
    held.workshop.save("credential", held.credentials[i]!);
    const { tracker } = held.workshop.json<{ tracker: string }>("ballot", "make", "e.bel", "--choices", "choices.json", "--credential-file", "credential", "--out", `b${i}.json`);
    const ballot = readFileSync(path.join(held.workshop.folder, `b${i}.json`), "utf8");
    assert.equal(trackerOf(ballot), tracker);
    const read = readBallot(held.election, ballot);
    assert.equal(read.hash, read.statedHash);
    assert.equal(read.credential, publicCredential(held.election.uuid, held.credentials[i]!));
    assert.equal(findFailedProof(held.election, read), undefined);
    held.workshop.json("ballot", "add", "e.bel", `b${i}.json`);
  });
  assert.equal(documentsOf(held.workshop.read("e.bel"), ballotBeginning).length, 2);
});

test("trustee keys go from browser to command and back", () => {
  const folder = new Workshop();
  folder.json("trustee", "key", "new", "--name", "Anna", "--group", "Ed25519", "--out", "keys", "--plain");
  const file = readFileSync(path.join(folder.folder, "keys/Anna.privkey"), "utf8");
  const privateKey = readPrivateKey(file);
  assert.equal(privateKeyFile(privateKey), file.trim());
  const publicKey = readTrusteeKey("key", JSON.parse(readFileSync(path.join(folder.folder, "keys/Anna.pubkey"), "utf8")));
  assert.ok(possessionHolds(publicKey));
  assert.equal(publicKey.name, "Anna");
  assert.equal(publicKey.text, proveKey(privateKey).text);
  assert.equal(keyChecksum(publicKey.text).length, 64);
  const other = proveKey(newPrivateKey());
  assert.equal(possessionHolds({ ...publicKey, proof: other.proof }), false);
});
