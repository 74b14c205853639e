import assert from "node:assert/strict";
import { test } from "node:test";
import { alphabet, randomBase58 } from "../../src/ActiveCitizens.Web/Assets/booth/base58.js";
import { deriveSecret, issueCredentials, newCredential, publicCredential, readCredential } from "../../src/ActiveCitizens.Web/Assets/booth/credentials.js";
import { decode } from "../../src/ActiveCitizens.Web/Assets/booth/group.js";
import { vectors } from "./vectors.js";

test("credentials give the keys of the reference program", () => {
  const known = vectors.credentials.filter((c) => c.group === "Ed25519" && c.format === "2.4+");
  assert.equal(known.length, 3);
  for (const { uuid, credential, secret_exponent, public_credential } of known) {
    assert.equal(deriveSecret(uuid, credential).toString(), secret_exponent);
    assert.equal(publicCredential(uuid, credential), public_credential);
    assert.deepEqual(readCredential(credential), { kind: "valid", credential });
  }
});

test("a credential is read however it is spaced, and its case matters", () => {
  const credential = "JnCqY-5We6XM-pAkLz-6sZFve";
  for (const typed of ["JnCqY5We6XMpAkLz6sZFve", "JnCqY 5We6XM pAkLz 6sZFve", "  JnCqY–5We6XM—pAkLz‑6sZFve\n", "JnC-qY5W-e6XM-pAkL-z6sZ-Fve", "JnCqY\u00a05We6XM\u202fpAkLz\u200b6sZ\u00adFve", "JnCqY−5We6XM_pAkLz-6sZFve"]) {
    assert.deepEqual(readCredential(typed), { kind: "valid", credential }, typed);
  }
  assert.deepEqual(readCredential("jncqy-5we6xm-paklz-6szfve"), { kind: "wrong-character", character: "l", position: 15 });
  assert.deepEqual(readCredential("jnCqY-5We6XM-pAkLz-6sZFve"), { kind: "valid", credential: "jnCqY-5We6XM-pAkLz-6sZFve" });
});

test("what cannot be a credential is explained", () => {
  assert.deepEqual(readCredential(""), { kind: "wrong-length", length: 0 });
  assert.deepEqual(readCredential("JnCqY-5We6XM-pAkLz-6sZFv"), { kind: "wrong-length", length: 21 });
  assert.deepEqual(readCredential("hw9-cGn-MRD-BzU-8dW"), { kind: "wrong-length", length: 15 });
  for (const character of ["0", "O", "I", "l", "é", "😀", "+"]) {
    assert.deepEqual(readCredential(`JnCqY-${character}We6XM-pAkLz-6sZFve`), { kind: "wrong-character", character, position: 6 });
  }
});

test("new credentials are all different, and use every character alike", () => {
  const made = Array.from({ length: 500 }, newCredential);
  assert.equal(new Set(made).size, made.length);
  assert.ok(made.every((credential) => /^.{5}-.{6}-.{5}-.{6}$/.test(credential) && readCredential(credential).kind === "valid"));
  const counts = new Map<string, number>();
  for (const character of randomBase58(58000)) {
    counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  assert.equal(counts.size, alphabet.length);
  // 1000 expected, deviation 31: seven deviations are never reached.
  assert.ok([...counts.values()].every((n) => n > 780 && n < 1220));
});

test("the authority's list is sorted, holds every voter's key once and says nothing about their order", async () => {
  const progress: number[] = [];
  const issued = await issueCredentials("9gBAcNAD5FVzTX", 150, undefined, (made) => void progress.push(made));
  const list = JSON.parse(issued.publicList) as string[];
  assert.deepEqual(list, [...list].sort());
  assert.deepEqual([...issued.publicKeys].sort(), list);
  assert.deepEqual(issued.privateCredentials.map((c) => publicCredential("9gBAcNAD5FVzTX", c)), issued.publicKeys);
  assert.ok(list.every((key) => decode(key) !== undefined));
  assert.equal(new Set(list).size, 150);
  assert.deepEqual(progress, [64, 128, 150]);
  assert.equal((await issueCredentials("9gBAcNAD5FVzTX", 0)).publicList, "[]");
});

test("weights follow their keys", async () => {
  const issued = await issueCredentials("9gBAcNAD5FVzTX", 3, [1n, 0n, 5000000000n]);
  assert.deepEqual(new Set(JSON.parse(issued.publicList) as string[]), new Set(issued.publicKeys.map((key, i) => `${key},${[1, 0, 5000000000][i]}`)));
  await assert.rejects(issueCredentials("9gBAcNAD5FVzTX", 2, [1n]), RangeError);
});
