import assert from "node:assert/strict";
import { test } from "node:test";
import { makeBallot, trackerOf } from "../../src/ActiveCitizens.Web/Assets/booth/ballot.js";
import { newPrivateKey, partialDecryption, publicKeyFile, readEncryptedTally } from "../../src/ActiveCitizens.Web/Assets/booth/trustee.js";
import { HeldElection } from "./held-election.js";

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
    assert.equal(held.add(ballot.text), ballot.tracker);
    assert.equal(trackerOf(Buffer.from(ballot.text)), ballot.tracker);
  });
  // Whoever votes again is counted once, with the last ballot.
  held.add(makeBallot(held.election, held.credentials[3]!, [[0, 0, 1, 0], [1, 0]]).text);
  const tally = readEncryptedTally(held.election, held.encryptedTally());
  assert.deepEqual(held.result(partialDecryption(held.election, tally, anna), partialDecryption(held.election, tally, bilal)), [[1, 1, 2, 1], [3, 1]]);
});
