import assert from "node:assert/strict";
import { test } from "node:test";
import { auditOf, checkAudit } from "../../src/ActiveCitizens.Web/Assets/booth/audit.js";
import { makeBallot } from "../../src/ActiveCitizens.Web/Assets/booth/ballot.js";
import { FormatError } from "../../src/ActiveCitizens.Web/Assets/booth/canonical-json.js";
import { newPrivateKey, publicKeyFile } from "../../src/ActiveCitizens.Web/Assets/booth/trustee.js";
import { HeldElection } from "./held-election.js";

const held = new HeldElection();
held.workshop.save("key", publicKeyFile(newPrivateKey()));
await held.setUp([{ question: "Who?", answers: ["Ana", "Bo", "Chloé"], min: 1, max: 2, blank: true }, { question: "Yes?", answers: ["Yes", "No"], min: 0, max: 1 }],
  2, ["--trustee", "key"]);
const choices = [[0, 1, 0, 1], [0, 0]];
const ballot = makeBallot(held.election, held.credentials[0]!, choices);
const audit = auditOf(held.election, choices, ballot);

function checkWithCommand(ballotText: string, auditText: string): { code: number | null; report: { reason?: string; choices?: unknown } } {
  held.workshop.save("election.json", held.electionFile());
  held.workshop.save("ballot.json", ballotText);
  held.workshop.save("audit.json", auditText);
  const runs = ["election.json", "e.bel"].map((election) =>
    held.workshop.activecitizens("ballot", "check", "ballot.json", "--audit", "audit.json", "--election", election, "--json"));
  assert.deepEqual(runs[0], runs[1]);
  return { code: runs[0]!.code, report: runs[0]!.output === "" ? {} : JSON.parse(runs[0]!.output) };
}

test("the audit of a ballot confirms its choices, in the browser and to the command", () => {
  assert.deepEqual(checkAudit(held.election, ballot.text, audit), { kind: "confirmed", choices });
  const { code, report } = checkWithCommand(ballot.text, audit);
  assert.equal(code, 0);
  assert.deepEqual(report.choices, [{ question: "Who?", chosen: ["Ana", "Chloé"] }, { question: "Yes?", chosen: ["(nothing chosen)"] }]);
});

test("the audit of a blank vote says so", () => {
  const blank = [[1, 0, 0, 0], [0, 1]];
  const made = makeBallot(held.election, held.credentials[1]!, blank);
  assert.deepEqual(checkWithCommand(made.text, auditOf(held.election, blank, made)).report.choices,
    [{ question: "Who?", chosen: ["(blank vote)"] }, { question: "Yes?", chosen: ["No"] }]);
});

test("a booth that encrypts something else than it was told is caught", () => {
  const cheated = makeBallot(held.election, held.credentials[0]!, [[0, 0, 1, 1], [0, 0]]);
  const claimed = auditOf(held.election, choices, cheated);
  assert.deepEqual(checkAudit(held.election, cheated.text, claimed), { kind: "not-confirmed", question: 1, place: 2 });
  const { code, report } = checkWithCommand(cheated.text, claimed);
  assert.equal(code, 1);
  assert.equal(report.reason, "question 1: what is encrypted for Ana is not what the audit says");
});

test("the audit of another ballot confirms nothing", () => {
  const other = makeBallot(held.election, held.credentials[0]!, choices);
  assert.deepEqual(checkAudit(held.election, other.text, audit), { kind: "other-ballot" });
  assert.equal(checkWithCommand(other.text, audit).code, 1);
});

test("an audit in another form cannot be used", () => {
  for (const [from, to] of [['"version":1', '"version":2'], ['"choices":[0,1,0,1]', '"choices":[0,1,0]'], ['"choices":[0,1,0,1]', '"choices":[0,2,0,1]'], ['"randomness":["', '"randomness":["0'], ["}]}", "}]} "]] as const) {
    const changed = audit.replace(from, to);
    assert.notEqual(changed, audit);
    assert.throws(() => checkAudit(held.election, ballot.text, changed), FormatError, from);
    assert.equal(checkWithCommand(ballot.text, changed).code, 2, from);
  }
});
