import assert from "node:assert/strict";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { makeBallot, trackerOf } from "../../src/ActiveCitizens.Web/Assets/booth/ballot.js";
import { findFailedProof, readBallot, type FailedProof } from "../../src/ActiveCitizens.Web/Assets/booth/ballot-check.js";
import { FormatError } from "../../src/ActiveCitizens.Web/Assets/booth/canonical-json.js";
import { publicCredential } from "../../src/ActiveCitizens.Web/Assets/booth/credentials.js";
import { findProblem, readElection, type Choices } from "../../src/ActiveCitizens.Web/Assets/booth/election.js";
import { hexDigest } from "../../src/ActiveCitizens.Web/Assets/booth/hashing.js";
import { scalarOfBytes } from "../../src/ActiveCitizens.Web/Assets/booth/scalars.js";
import { ballotBeginning, documentsOf, electionBeginning, readData } from "./support.js";
import { vectors } from "./vectors.js";

const archive = readData("belenios/a-small-ed25519/election.bel");
const file = documentsOf(archive, electionBeginning)[0]!;
const small = readElection(Buffer.from(file));
const published = documentsOf(archive, ballotBeginning);
const expected = JSON.parse(readData("belenios/a-small-ed25519/expected.json").toString("utf8")) as {
  fingerprint: string; ballots_in_order: { voter: string; tracker: string; choice: Choices }[];
};
const credentials = JSON.parse(readData("belenios/a-small-ed25519/private/private_creds.json").toString("utf8")) as Record<string, string>;

test("the hashes of a published ballot's proofs are reproduced, one by one", () => {
  const trace = vectors.ballot_traces.find((t) => t.group === "Ed25519")!;
  const ballot = published.find((b) => hexDigest(b) === trace.ballot_sha256)!;
  assert.equal(trackerOf(ballot), trace.tracker);
  const hashed: string[] = [];
  assert.equal(findFailedProof(small, readBallot(small, ballot), (text) => hashed.push(text)), undefined);
  assert.equal(trace.hash_calls.length, hashed.length);
  trace.hash_calls.forEach((call, i) => {
    const text = hashed[i]!;
    assert.equal(text.length, call.input_length);
    assert.equal(text, call.input ?? text);
    assert.ok(text.startsWith(call.input_start ?? "") && text.endsWith(call.input_end ?? ""));
    assert.equal(hexDigest(text), call.sha256);
    assert.equal(scalarOfBytes(Buffer.from(call.sha256, "hex")).toString(), call.value_mod_q);
  });
});

test("every published ballot of the reference program holds, with its tracker", () => {
  assert.equal(small.fingerprint, expected.fingerprint);
  assert.deepEqual(published.map(trackerOf), expected.ballots_in_order.map((b) => b.tracker));
  published.forEach((text, i) => {
    const ballot = readBallot(small, text);
    assert.equal(ballot.credential, publicCredential(small.uuid, credentials[expected.ballots_in_order[i]!.voter]!));
    assert.equal(findFailedProof(small, ballot), undefined);
  });
});

test("a published council ballot holds", () => {
  const box = gunzipSync(readData("belenios/c-council-ed25519/election.bel.gz"));
  const council = readElection(Buffer.from(documentsOf(box, electionBeginning)[0]!));
  assert.equal(council.questions[0]!.answers.length, 15);
  assert.equal(findFailedProof(council, readBallot(council, documentsOf(box, ballotBeginning)[0]!)), undefined);
});

test("a ballot made for every published choice holds and never twice the same", () => {
  const made = expected.ballots_in_order.slice(0, 6).map(({ voter, choice }) => makeBallot(small, credentials[voter]!, choice).text);
  made.forEach((text) => assert.equal(findFailedProof(small, readBallot(small, text)), undefined));
  const [first] = expected.ballots_in_order;
  const again = [0, 1].map(() => makeBallot(small, credentials["v01"]!, first!.choice).text);
  const elements = again.flatMap((text) => text.match(/"(?:alpha|beta)":"[0-9a-f]{64}"/g) ?? []);
  assert.equal(new Set(elements).size, elements.length);
});

test("choices that cannot be cast are explained and make no ballot", () => {
  const yes = [1, 0], projects = [0, 0, 0, 0], chair = [0, 1, 0, 0];
  assert.equal(findProblem(small.questions, [yes, projects, chair]), undefined);
  assert.equal(findProblem(small.questions, [yes, projects, [1, 0, 0, 0]]), undefined);
  assert.deepEqual(findProblem(small.questions, [[0, 0], projects, chair]), { kind: "too-few", question: 0, chosen: 0, min: 1, max: 1 });
  assert.deepEqual(findProblem(small.questions, [yes, [1, 1, 1, 0], chair]), { kind: "too-many", question: 1, chosen: 3, min: 0, max: 2 });
  assert.deepEqual(findProblem(small.questions, [yes, projects, [1, 1, 0, 0]]), { kind: "blank-with-choices", question: 2 });
  assert.deepEqual(findProblem(small.questions, [yes, projects, [0, 0, 0, 0]]), { kind: "too-few", question: 2, chosen: 0, min: 1, max: 2 });
  assert.deepEqual(findProblem(small.questions, [yes, projects, [0, 1, 0]]), { kind: "wrong-shape", question: 2 });
  assert.deepEqual(findProblem(small.questions, [yes, [2, 0, 0, 0], chair]), { kind: "wrong-shape", question: 1 });
  assert.deepEqual(findProblem(small.questions, [yes, [0.5, 0.5, 0, 0], chair]), { kind: "wrong-shape", question: 1 });
  assert.deepEqual(findProblem(small.questions, [yes]), { kind: "wrong-shape", question: 1 });
  assert.deepEqual(findProblem(small.questions, [yes, projects, chair, yes]), { kind: "wrong-shape", question: 3 });
  assert.throws(() => makeBallot(small, credentials["v01"]!, [[1, 1], projects, chair]), RangeError);
});

test("a tampered ballot does not hold, and the proof that fails is named", () => {
  const text = published[0]!;
  const tampered = (change: (ballot: any) => void): FailedProof | undefined => {
    const ballot = JSON.parse(text);
    change(ballot);
    return findFailedProof(small, readBallot(small, JSON.stringify(ballot)));
  };
  assert.deepEqual(tampered((b) => { b.answers[0].choices.reverse(); }), { proof: "signature" });
  assert.deepEqual(tampered((b) => { b.signature.proof.response = "1"; }), { proof: "signature" });
  assert.deepEqual(tampered((b) => { b.signature.hash = "A".repeat(43); }), { proof: "signature" });
  // Past the signature, as for an attacker who holds the credential.
  const read = readBallot(small, text);
  const answers = read.answers;
  const failing = (i: number, answer: object): FailedProof | undefined => {
    const changed = { ...read, answers: answers.map((a, k) => k === i ? { ...a, ...answer } : a) };
    return findFailedProof(small, changed);
  };
  assert.deepEqual(failing(1, { individualProofs: [...answers[1]!.individualProofs].reverse() }), { proof: "individual", question: 2, choice: 1 });
  assert.deepEqual(failing(0, { overallProof: [{ challenge: 1n, response: 1n }] }), { proof: "overall", question: 1 });
  assert.deepEqual(failing(2, { overallProof: [...answers[2]!.overallProof].reverse() }), { proof: "overall", question: 3 });
  assert.deepEqual(failing(2, { blankProof: [...answers[2]!.blankProof!].reverse() }), { proof: "blank", question: 3 });
  assert.equal(failing(2, {}), undefined);
});

test("a ballot in any other form than the canonical one of its election is refused", () => {
  const text = published[0]!;
  const changes: [string | RegExp, string][] = [
    ['{"election_uuid"', '{ "election_uuid"'], [small.uuid, "11111111111111"], [small.fingerprint, "A".repeat(43)], ['"alpha":"', '"alpha":"0'],
    [/"challenge":"/, '"challenge":"0'], [/"alpha":"[0-9a-f]{64}"/, `"alpha":"${"0".repeat(63)}2"`], ['"blank_proof"', '"blank"'],
    [/"beta":"[0-9a-f]{64}"/, `"beta":"7${"f".repeat(61)}ec"`], [/,"signature":.*/, "}"], [/"credential":"./, '"credential":"A'],
    [/"choices":\[\{[^}]*\},/, '"choices":['], [/,"blank_proof":\[.*?\]/, ""], ['"individual_proofs":[[', '"individual_proofs":[[],['],
  ];
  for (const [from, to] of changes) {
    const changed = text.replace(from, to);
    assert.notEqual(changed, text, String(from));
    assert.throws(() => readBallot(small, changed), FormatError, String(from));
  }
});

test("only the canonical file of an election with choices in this group is read", () => {
  const changes: [string | RegExp, string][] = [
    ['"version":1', '"version":2'], ['"group":"Ed25519"', '"group":"BELENIOS-2048"'], ['"uuid":"MLZRfhyHTaXsyx"', '"uuid":"MLZRfhyHTaXsy"'], ["MLZRfhyHTaXsyx", "MLZRfhyHTaXsy0"],
    ['"min":1,"max":1', '"min":2,"max":1'], ['"max":1', '"max":3'], [/"questions":\[.*\],"uuid"/, '"questions":[],"uuid"'], ['"blank":true', '"blank":1'], ['"blank":true', '"blank":null'],
    [/"public_key":"[0-9a-f]+"/, `"public_key":"${"0".repeat(64)}"`], ['"description"', '"descriptions"'], ['{"answers":["Yes","No"],"min":1,"max":1,"question":"Approve the budget?"}',
      '{"type":"NonHomomorphic","value":{"answers":["Yes","No"],"question":"Approve the budget?"}}'], [/$/, "\n"], [/"administrator":"[^"]*"/, '"administrator":1'],
  ];
  assert.equal(readElection(Buffer.from(file)).name, "Élection d'essai n° 1");
  for (const [from, to] of changes) {
    const changed = file.replace(from, to);
    assert.notEqual(changed, file, String(from));
    assert.throws(() => readElection(Buffer.from(changed)), FormatError, String(from));
  }
  assert.throws(() => readElection(Buffer.from([0xff])), FormatError);
});
