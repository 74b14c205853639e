import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { checkAudit } from "../../src/ActiveCitizens.Web/Assets/booth/audit.js";
import { trackerOf } from "../../src/ActiveCitizens.Web/Assets/booth/ballot.js";
import { publicKeyFile, newPrivateKey } from "../../src/ActiveCitizens.Web/Assets/booth/trustee.js";
import { Browser } from "./browser.js";
import { council, HeldElection } from "./held-election.js";
import { root } from "./support.js";

const assets = path.join(root, "src/ActiveCitizens.Web/wwwroot/assets");
interface Published {
  readonly name: string;
  readonly integrity: string;
  readonly sha256: string;
}
const { files, compressed } = JSON.parse(readFileSync(path.join(assets, "manifest.json"), "utf8")) as { files: Record<string, Published>; compressed: Record<string, number> };
const [worker, standalone] = [files["booth-worker.js"]!, files["booth-standalone.html"]!];
const nine = [[0, ...Array<number>(9).fill(1), ...Array<number>(6).fill(0)]];
const held = new HeldElection();
let browser: Browser;

before(async () => {
  held.workshop.save("key", publicKeyFile(newPrivateKey()));
  await held.setUp([council], 3, ["--trustee", "key"]);
  held.workshop.save("election.json", held.electionFile());
  browser = await Browser.start();
});
after(() => browser.close());

test("the published fingerprints are those of the files, and the worker is small", () => {
  for (const file of [worker, standalone]) {
    const content = readFileSync(path.join(assets, file.name));
    assert.equal(createHash("sha256").update(content).digest("hex"), file.sha256);
    assert.equal(`sha384-${createHash("sha384").update(content).digest("base64")}`, file.integrity);
  }
  assert.ok(compressed[worker.name]! < 80 * 1024);
});

test("a page votes through the worker, under the site's policy, and only through the published one", async (t) => {
  const page = readFileSync(path.join(path.dirname(fileURLToPath(import.meta.url)), "page.js"));
  const served: Record<string, [string, string | Buffer]> = {
    "/": ["text/html", "<!doctype html><html lang=en><title>Booth</title><script src=/page.js></script>"],
    "/page.js": ["text/javascript", page],
    "/worker.js": ["text/javascript", readFileSync(path.join(assets, worker.name))],
  };
  const server = createServer((request, response) => {
    const [type, content] = served[request.url ?? ""] ?? ["text/plain", ""];
    response.setHeader("content-type", type);
    response.setHeader("content-security-policy", "default-src 'none'; script-src 'self'; connect-src 'self'; worker-src blob:");
    response.end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await browser.open(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const vote = (integrity: string): Promise<Record<string, never>> => browser.evaluate(
      `vote("/worker.js", ${JSON.stringify(integrity)}, ${JSON.stringify(held.electionFile())}, ${JSON.stringify(held.credentials[0])}, ${JSON.stringify(nine)})`);
    const made = await vote(worker.integrity) as unknown as { ballot: string; tracker: string; audit: string; steps: number; preparing: number; encrypting: number };
    assert.equal(made.tracker, trackerOf(made.ballot));
    assert.equal(made.steps, 17);
    assert.deepEqual(checkAudit(held.election, made.ballot, made.audit), { kind: "confirmed", choices: nine });
    assert.deepEqual(held.add(made.ballot), [made.tracker]);
    t.diagnostic(`in Chromium's worker: prepared in ${made.preparing.toFixed(0)} ms, encrypted in ${made.encrypting.toFixed(0)} ms`);
    assert.deepEqual(await vote(`sha384-${"A".repeat(64)}`), { kind: "failed", detail: "Failed to fetch" });
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test("the standalone copy makes a ballot without a network, in less than 2 s on a processor slowed down 6 times", async (t) => {
  await browser.open(pathToFileURL(path.join(assets, standalone.name)).href);
  await browser.chooseFile("#file", path.join(held.workshop.folder, "election.json"));
  await browser.until("!document.getElementById('vote').hidden");
  assert.ok((await browser.evaluate<string>("document.getElementById('election').textContent")).includes(held.election.fingerprint));

  await browser.evaluate("document.getElementById('form').requestSubmit()");
  assert.match(await browser.evaluate("document.getElementById('errors').textContent"), /22 caractères ; celui-ci en a 0/);
  assert.equal(await browser.evaluate("document.activeElement.id"), "errors");

  await browser.evaluate("for (let i = 0; i < 9; i++) document.getElementById(`q0-${i}`).click()");
  await browser.evaluate(`document.getElementById("credential").value = ${JSON.stringify(held.credentials[1]!.replaceAll("-", " "))}`);
  await browser.send("Emulation.setCPUThrottlingRate", { rate: 6 });
  const took = await browser.evaluate<number>("(() => { const start = performance.now(); document.getElementById('form').requestSubmit(); return performance.now() - start; })()");
  await browser.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  t.diagnostic(`${took.toFixed(0)} ms on a processor slowed down 6 times`);
  assert.ok(took < 2000, `${took} ms`);
  assert.equal(await browser.evaluate("document.activeElement.id"), "result-title");

  const ballot = await browser.evaluate<string>("document.getElementById('ballot').value");
  assert.equal(await browser.evaluate("document.getElementById('tracker').value"), trackerOf(ballot));
  assert.deepEqual(held.add(ballot), [trackerOf(ballot)]);
});

test("the standalone copy reveals a ballot that is given up, in either language, and every control has a name", async () => {
  await browser.evaluate("document.getElementById('audit').click()");
  const [ballot, audit] = await browser.evaluate<[string, string]>("[document.getElementById('ballot').value, document.getElementById('audit-text').value]");
  assert.deepEqual(checkAudit(held.election, ballot, audit), { kind: "confirmed", choices: nine });
  assert.equal(await browser.evaluate("document.getElementById('result').hidden"), true);
  for (const [language, blank] of [["fr", "Vote blanc"], ["en", "Blank vote"]] as const) {
    assert.equal(await browser.evaluate("document.documentElement.lang"), language);
    const controls = (await browser.accessible()).filter(({ role }) => ["checkbox", "textbox", "button", "group"].includes(role));
    assert.ok(controls.length > 20);
    assert.deepEqual(controls.filter(({ name }) => name === ""), []);
    assert.ok(controls.some(({ role, name }) => role === "checkbox" && name === blank));
    await browser.evaluate("document.getElementById('language').click()");
  }
  // What was made belongs to the choices that were ticked: another tick takes it away.
  await browser.evaluate("document.getElementById('q0-0').click()");
  assert.deepEqual(await browser.evaluate("[document.getElementById('audited').hidden, document.getElementById('ballot').value]"), [true, ""]);
});

test("the standalone copy can reach no network", async () => {
  const reached = await browser.evaluate(`Promise.all([
    fetch("http://127.0.0.1:9/").then(() => "reached", (e) => e.constructor.name),
    new Promise((resolve) => { const image = new Image(); image.onerror = () => resolve("refused"); image.onload = () => resolve("reached"); image.src = "data:image/gif;base64,R0lGODlhAQABAAAAACw="; }),
    new Promise((resolve) => { document.addEventListener("securitypolicyviolation", (e) => resolve(e.effectiveDirective), { once: true }); fetch("http://127.0.0.1:9/").catch(() => {}); }),
  ])`);
  assert.deepEqual(reached, ["TypeError", "refused", "connect-src"]);
});
