import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Readable, Writable } from "node:stream";

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly sessionId?: string;
  readonly params?: Record<string, unknown>;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
}

/** A page of a real Chromium, driven over its pipe. */
export class Browser {
  private readonly process: ChildProcess;
  private readonly folder = mkdtempSync(path.join(tmpdir(), "booth-chromium-"));
  private readonly waiting = new Map<number, (message: Message) => void>();
  private readonly listeners: ((message: Message) => void)[] = [];
  private next = 1;
  private session: string | undefined;

  private constructor() {
    this.process = spawn("/usr/bin/chromium", ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--remote-debugging-pipe", `--user-data-dir=${this.folder}`, "about:blank"],
      { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
    let rest = "";
    (this.process.stdio[4] as Readable).setEncoding("utf8").on("data", (data: string) => {
      const parts = (rest + data).split("\0");
      rest = parts.pop() ?? "";
      for (const part of parts) {
        const message = JSON.parse(part) as Message;
        if (message.id !== undefined) {
          this.waiting.get(message.id)?.(message);
          this.waiting.delete(message.id);
        } else {
          this.listeners.forEach((listener) => listener(message));
        }
      }
    });
  }

  static async start(): Promise<Browser> {
    const browser = new Browser();
    const { targetId } = await browser.send("Target.createTarget", { url: "about:blank" });
    browser.session = (await browser.send("Target.attachToTarget", { targetId, flatten: true }))["sessionId"] as string;
    for (const domain of ["Page", "DOM", "Runtime", "Accessibility"]) {
      await browser.send(`${domain}.enable`);
    }
    return browser;
  }

  async send(method: string, params: object = {}): Promise<Record<string, unknown>> {
    const id = this.next++;
    const answer = new Promise<Message>((resolve) => this.waiting.set(id, resolve));
    (this.process.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, sessionId: this.session })}\0`);
    const { result, error } = await answer;
    assert.equal(error, undefined, `${method}: ${error?.message}`);
    return result ?? {};
  }

  async open(url: string): Promise<void> {
    const loaded = new Promise<void>((resolve) => this.listeners.push(({ method }) => {
      if (method === "Page.loadEventFired") {
        resolve();
      }
    }));
    await this.send("Page.navigate", { url });
    await loaded;
  }

  /** The value of an expression, of a promise if it is one. */
  async evaluate<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true, userGesture: true });
    assert.equal(exceptionDetails, undefined, JSON.stringify(exceptionDetails));
    return (result as { value: T }).value;
  }

  async until(expression: string): Promise<void> {
    await this.evaluate(`new Promise((resolve) => { const look = () => (${expression}) ? resolve(true) : setTimeout(look, 20); look(); })`);
  }

  async chooseFile(selector: string, file: string): Promise<void> {
    const { root } = await this.send("DOM.getDocument");
    const { nodeId } = await this.send("DOM.querySelector", { nodeId: (root as { nodeId: number }).nodeId, selector });
    await this.send("DOM.setFileInputFiles", { nodeId, files: [file] });
  }

  /** Role and accessible name of everything that a screen reader meets. */
  async accessible(): Promise<{ role: string; name: string }[]> {
    const { nodes } = await this.send("Accessibility.getFullAXTree");
    return (nodes as { ignored: boolean; role?: { value: string }; name?: { value: string } }[])
      .filter((node) => !node.ignored).map((node) => ({ role: node.role?.value ?? "", name: node.name?.value ?? "" }));
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    void this.send("Browser.close").catch(() => undefined);
    await ended;
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}
