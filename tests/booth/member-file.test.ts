import assert from "node:assert/strict";
import { test } from "node:test";
import { memberFile, memberPrivateKey, newMember, nextDocument, readMemberFile, type MemberFile } from "../../src/ActiveCitizens.Web/Assets/booth/member-file.js";
import { keyChecksum, proveKey, readPrivateKey } from "../../src/ActiveCitizens.Web/Assets/booth/trustee.js";
import { Workshop } from "./support.js";

const setting = { size: 2, threshold: 2 };

async function next(member: MemberFile, rounds: readonly (readonly string[])[]): Promise<{ document: string; certificates?: string }> {
  const made = await nextDocument(member, rounds);
  assert.equal(made.kind, "done", made.kind === "refused" ? JSON.stringify(made.problems) : "");
  return (made as { value: { document: string } }).value;
}

test("a member goes through all rounds with the saved file alone, and gets the key that was published", async () => {
  const files = [1, 2].map((i) => memberFile(newMember(setting, i, `m${i}`)));
  const members = files.map((file, i) => readMemberFile(file, setting, i + 1)!);
  const rounds: string[][] = [];
  for (let round = 1; round <= 4; round++) {
    const made = await Promise.all(members.map((member) => next(member, rounds)));
    assert.equal(new Set(made.map(({ certificates }) => certificates)).size, 1);
    rounds.push(made.map(({ document }) => document));
  }
  for (const [i, member] of members.entries()) {
    const key = await memberPrivateKey(member, rounds.slice(0, 3));
    assert.equal(key.kind, "done");
    const published = (JSON.parse(rounds[3]![i]!) as { public_key: string }).public_key;
    assert.equal(keyChecksum(proveKey(readPrivateKey((key as { value: string }).value)).text), keyChecksum(published));
  }
  const swapped = await nextDocument(members[0]!, [[rounds[0]![1]!, rounds[0]![0]!]]);
  assert.equal(swapped.kind, "refused");
});

test("the file of another place, threshold or kind is not taken, and the command's is", () => {
  const file = memberFile(newMember(setting, 1, "m1"));
  assert.equal(readMemberFile(file, setting, 2), undefined);
  assert.equal(readMemberFile(file, { size: 2, threshold: 1 }, 1), undefined);
  assert.equal(readMemberFile("\"12\"", setting, 1), undefined);
  assert.equal(readMemberFile("no JSON", setting, 1), undefined);
  const folder = new Workshop();
  folder.json("trustee", "threshold", "start", "--size", "2", "--needed", "2", "--member", "1", "--name", "m", "--key", "1.seed", "--folder", "c", "--plain");
  assert.equal(readMemberFile(folder.read("1.seed").toString("utf8"), setting, 1)?.name, "m");
});

test("the command goes on with the browser's file", async () => {
  const folder = new Workshop();
  const member = newMember(setting, 1, "m1");
  folder.save("1.seed", memberFile(member));
  folder.json("trustee", "threshold", "start", "--size", "2", "--needed", "2", "--member", "2", "--name", "m2", "--key", "2.seed", "--folder", "c", "--plain");
  folder.save("c/certificate-1.json", (await next(member, [])).document);
  const made = folder.json("trustee", "threshold", "commit", "--key", "1.seed", "--folder", "c") as { certificates_fingerprint: string };
  const certificates = [1, 2].map((i) => folder.read(`c/certificate-${i}.json`).toString("utf8"));
  assert.equal((await next(member, [certificates])).certificates, made.certificates_fingerprint);
});
