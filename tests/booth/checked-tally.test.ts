import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { readArchive } from "../../src/ActiveCitizens.Web/Assets/booth/archive.js";
import { makeBallot } from "../../src/ActiveCitizens.Web/Assets/booth/ballot.js";
import { FormatError } from "../../src/ActiveCitizens.Web/Assets/booth/canonical-json.js";
import { checkTally } from "../../src/ActiveCitizens.Web/Assets/booth/checked-tally.js";
import { TrusteeClient, TrusteeError } from "../../src/ActiveCitizens.Web/Assets/booth/trustee-client.js";
import { TrusteeOffice } from "../../src/ActiveCitizens.Web/Assets/booth/trustee-office.js";
import { newPrivateKey, partialDecryption, privateKeyFile, proveKey, publicKeyFile } from "../../src/ActiveCitizens.Web/Assets/booth/trustee.js";
import { HeldElection } from "./held-election.js";
import { Port } from "./port.js";
import { membersOf, readData } from "./support.js";

const sha256 = (content: string | Buffer): string => createHash("sha256").update(content).digest("hex");

interface Event {
  readonly type: string;
  /** Without the data that names them. */
  readonly documents: readonly string[];
}

/** What a dishonest server can do: another archive with right hashes, chain and headers. */
function write(events: readonly Event[]): Buffer {
  const parts: Buffer[] = [];
  const add = (name: string, content: string): string => {
    const bytes = Buffer.from(content);
    const header = Buffer.alloc(512);
    [[0, name], [100, "0000644"], [108, "0000000"], [116, "0000000"], [124, bytes.length.toString(8).padStart(11, "0")], [136, (1700000000).toString(8).padStart(11, "0")], [148, "        "], [156, "0"]]
      .forEach(([at, value]) => header.write(value as string, at as number));
    header.write(`${header.reduce((sum, b) => sum + b, 0).toString(8).padStart(6, "0")}\0 `, 148);
    parts.push(header, bytes, Buffer.alloc(-bytes.length & 511));
    return sha256(bytes);
  };
  add("BELENIOS", '{"version":1,"timestamp":"1700000000"}');
  let parent: string | undefined;
  events.forEach(({ type, documents }, height) => {
    let payload: string | undefined;
    for (const document of documents) {
      payload = add(`${sha256(document)}.data.json`, document);
    }
    const event = JSON.stringify({ parent, height, type, payload });
    parent = add(`${sha256(event)}.event.json`, event);
  });
  return Buffer.concat(parts);
}

function eventsOf(archive: Buffer): Event[] {
  const events: Event[] = [];
  let documents: string[] = [];
  for (const member of membersOf(archive).slice(1)) {
    const text = member.toString("utf8");
    const { type } = /^\{(?:"parent":"[0-9a-f]{64}",)?"height":\d+,"type":"(?<type>\w+)"/.exec(text)?.groups ?? {};
    if (type === undefined) {
      documents.push(text);
    } else {
      events.push({ type, documents });
      documents = [];
    }
  }
  return events;
}

const held = new HeldElection();
const anna = newPrivateKey();
held.workshop.save("anna", publicKeyFile(anna, "Anna"));
await held.setUp([{ question: "q", answers: ["a", "b"], min: 0, max: 1, blank: true }, { question: "r", answers: ["c"], min: 0, max: 1 }], 3, ["--trustee", "anna"]);
const ballots = [[[0, 1, 0], [1]], [[1, 0, 0], [0]], [[0, 0, 1], [1]]].map((choices, i) => makeBallot(held.election, held.credentials[i % 2]!, choices).text);
held.add(...ballots);
const open = held.workshop.read("e.bel");
held.encryptedTally();
const tallied = held.workshop.read("e.bel");
const events = eventsOf(tallied);

test("a closed box is verified down to every ballot, and decrypts to the votes", async () => {
  const steps: number[] = [];
  const tally = await checkTally(tallied, (done, total) => void steps.push(done / total));
  assert.deepEqual([tally.ballots, tally.weight, tally.keys.map((key) => key.name), tally.decryptedBy, steps.at(-1), steps.length], [2, 2n, ["Anna"], [], 1, 6]);
  assert.equal(tally.lastEvent, held.workshop.json<{ last_event_hash: string }>("election", "show", "e.bel")["last_event_hash"]);
  assert.deepEqual(held.result(partialDecryption(tally.election, tally.ciphertexts, anna)), [[1, 0, 1], [1]]);
  await assert.rejects(checkTally(open), FormatError);
  await assert.rejects(checkTally(held.workshop.read("e.bel")), FormatError);
});

test("archives of the reference program are read, and their tallies verified, mandatory and threshold", async () => {
  for (const [name, trustees] of [["a-small-ed25519", 2], ["b-threshold-ed25519", 3]] as const) {
    const archive = readData(`belenios/${name}/election.bel`);
    assert.equal(readArchive(archive).lastType, "Result");
    // An earlier state of an archive is a beginning of it.
    const published = eventsOf(archive);
    const count = published.findIndex(({ type }) => type === "EncryptedTally") + 1;
    const length = archive.indexOf(Buffer.from(`"height":${count},`));
    const event = archive.subarray(0, length).lastIndexOf(Buffer.from('{"parent"'));
    const documents = published[count]!.documents;
    const first = archive.indexOf(Buffer.from(documents[0]!)) - 512;
    assert.ok(first < event);
    const tally = await checkTally(archive.subarray(0, first));
    assert.equal(tally.keys.length, trustees);
  }
});

test("a rewritten archive with right hashes is read as before", async () => {
  assert.deepEqual((await checkTally(write(events))).ciphertexts.length, 2);
});

test("what a dishonest server could decrypt instead is refused, with the reason", async () => {
  const [setup, first, second, third, end, tally] = events as [Event, Event, Event, Event, Event, Event];
  const [tallyText, tallyData] = tally.documents as [string, string];
  const tallyEvent = (text: string, data: string): Event => ({ type: "EncryptedTally", documents: [text, data.replace(/[0-9a-f]{64}/, sha256(text))] });
  const [electionText, trusteesText, credentialsText] = setup.documents as [string, string, string, string];
  const setupEvent = (...documents: [string, string, string]): Event =>
    ({ type: "Setup", documents: [...documents, JSON.stringify({ election: sha256(documents[0]), trustees: sha256(documents[1]), credentials: sha256(documents[2]) })] });
  const other = JSON.parse(tallyText) as { alpha: string }[][];
  other[0]!.reverse();
  const lone = JSON.parse(first.documents[0]!).answers.map((answer: { choices: unknown }) => answer.choices);
  const cases: [string, RegExp, readonly Event[]][] = [
    ["one voter's ballot alone", /encrypted tally/, [setup, first, second, third, end, tallyEvent(JSON.stringify(lone), tallyData)]],
    ["answers exchanged", /encrypted tally/, [setup, first, second, third, end, tallyEvent(JSON.stringify(other), tallyData)]],
    ["another number", /encrypted tally/, [setup, first, second, third, end, tallyEvent(tallyText, tallyData.replace('"num_tallied":2', '"num_tallied":3'))]],
    ["another weight", /encrypted tally/, [setup, first, second, third, end, tallyEvent(tallyText, tallyData.replace('"total_weight":2', '"total_weight":3'))]],
    ["a ballot left out", /encrypted tally/, [setup, first, third, end, tally]],
    ["ballots in another order", /encrypted tally/, [setup, third, second, first, end, tally]],
    ["a superseded ballot again", /not in the box already/, [setup, first, second, third, first, end, tally]],
    ["a ballot changed", /a proof that holds: signature/, [setup, { ...first, documents: [first.documents[0]!.replace(/"response":"\d+"/, '"response":"1"')] }, second, third, end, tally]],
    ["another trustee", /the key that the trustees' keys give/, [setupEvent(electionText, JSON.stringify([["Single", JSON.parse(publicKeyFile(newPrivateKey()))]]), credentialsText), first, second, third, end, tally]],
    ["a trustee's proof", /trustee 1: expected a proof/, [setupEvent(electionText, trusteesText.replace(/"response":"\d+"/, '"response":"1"'), credentialsText), first, second, third, end, tally]],
    ["a voter twice", /distinct/, [setupEvent(electionText, trusteesText, JSON.stringify([...JSON.parse(credentialsText), JSON.parse(credentialsText)[0]])), first, second, third, end, tally]],
    ["voters without list", /a credential of the public list/, [setupEvent(electionText, trusteesText, JSON.stringify([proveKey(newPrivateKey()).text])), first, second, third, end, tally]],
    ["a foreign element", /elements of the group/, [setupEvent(electionText, trusteesText, JSON.stringify([...JSON.parse(credentialsText), "0".repeat(64)])), first, second, third, end, tally]],
    ["a ballot after the end", /expected one of EncryptedTally/, [setup, first, second, end, third, tally]],
    ["two set-ups", /expected one of/, [setup, setup, first, second, third, end, tally]],
    ["a document too many", /documents before it/, [setup, { ...first, documents: ["{}", ...first.documents] }, second, third, end, tally]],
  ];
  for (const [name, reason, changed] of cases) {
    await assert.rejects(checkTally(write(changed)), (e: Error) => e instanceof FormatError && reason.test(e.message), name);
  }
});

test("an archive with any byte changed, cut or added is refused", () => {
  assert.equal(readArchive(tallied).ballots.length, 3);
  for (let i = 0; i < 300; i++) {
    const changed = Buffer.from(tallied);
    const at = Math.floor(tallied.length * i / 300) + i % 7;
    changed[at] = changed[at]! ^ (1 << (i % 8));
    assert.throws(() => readArchive(changed), FormatError, `byte ${at}`);
  }
  for (const changed of [Buffer.alloc(0), tallied.subarray(0, -1), tallied.subarray(0, 512), tallied.subarray(0, -512), Buffer.concat([tallied, Buffer.alloc(512)]), Buffer.concat([tallied, Buffer.alloc(1)])]) {
    assert.throws(() => readArchive(changed), FormatError);
  }
});

test("the trustees' worker decrypts only what it has verified, with the key of a trustee", async () => {
  const office = new TrusteeOffice();
  const client = new TrusteeClient(new Port((request, answer) => void office.handle(request, answer)));
  const refusal = (work: Promise<unknown>): Promise<unknown> => work.then(() => assert.fail("it was not refused"), (e: unknown) => (e as TrusteeError).refusal);
  assert.deepEqual(await refusal(client.decrypt(privateKeyFile(anna))), { kind: "nothing-checked" });
  assert.deepEqual(await refusal(client.check(open)), { kind: "bad-archive", detail: "archive: expected a box that is closed and tallied, and not yet counted" });
  const steps: number[] = [];
  const tally = await client.check(tallied, (done, total) => steps.push(done / total));
  assert.deepEqual([tally.uuid, tally.fingerprint, tally.ballots, tally.weight, steps.length], [held.election.uuid, held.election.fingerprint, 2, "2", 6]);
  assert.deepEqual(tally.trustees.map(({ name, decrypted }) => ({ name, decrypted })), [{ name: "Anna", decrypted: false }]);
  assert.deepEqual(await refusal(client.decrypt("key")), { kind: "bad-key" });
  assert.deepEqual(await refusal(client.decrypt(privateKeyFile(newPrivateKey()))), { kind: "foreign-key" });
  const { document, trustee } = await client.decrypt(privateKeyFile(anna));
  assert.equal(trustee, 1);
  assert.match(document, /^\{"decryption_factors":\[\[/);
  // A bad archive takes the good one away.
  await refusal(client.check(open));
  assert.deepEqual(await refusal(client.decrypt(privateKeyFile(anna))), { kind: "nothing-checked" });
});

test("the credential authority's worker makes credentials with their weights", async () => {
  const office = new TrusteeOffice();
  const client = new TrusteeClient(new Port((request, answer) => void office.handle(request, answer)));
  const steps: number[] = [];
  const issued = await client.issue(held.election.uuid, 70, undefined, (done) => steps.push(done));
  assert.deepEqual([issued.privateCredentials.length, JSON.parse(issued.publicList).length, steps], [70, 70, [64, 70]]);
  assert.match((await client.issue(held.election.uuid, 1, ["12"])).publicList, /^\["[0-9a-f]{64},12"\]$/);
});
