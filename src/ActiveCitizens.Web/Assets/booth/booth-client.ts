import type { Choices } from "./election.js";
import type { BoothAnswer, BoothRefusal, BoothRequest } from "./worker-protocol.js";

/** Something the worker could not do; pages say so in their own words. */
export class BoothError extends Error {
  override readonly name = "BoothError";

  constructor(readonly refusal: BoothRefusal) {
    super(refusal.kind);
  }
}

type Progress = (done: number, total: number) => void;
type RequestBody = BoothRequest extends infer R ? (R extends BoothRequest ? Omit<R, "id"> : never) : never;
type AnswerOf<T extends BoothAnswer["type"]> = Extract<BoothAnswer, { type: T }>;

/** What the booth needs of a Worker. */
export interface BoothPort {
  postMessage(message: BoothRequest): void;
  addEventListener(type: "message", listener: (event: MessageEvent<BoothAnswer>) => void): void;
  addEventListener(type: "error" | "messageerror", listener: () => void): void;
}

/** The page's side of the booth's worker. Every call settles; a failure is a BoothError. */
export class BoothClient {
  private readonly waiting = new Map<number, { settle: (answer: BoothAnswer) => void; progress: Progress | undefined }>();
  private next = 1;
  private broken = false;

  /** @param port A Worker started from booth-worker.js. */
  constructor(private readonly port: BoothPort) {
    port.addEventListener("message", ({ data }) => {
      const asked = this.waiting.get(data.id);
      if (data.type === "progress") {
        asked?.progress?.(data.done, data.total);
        return;
      }
      this.waiting.delete(data.id);
      asked?.settle(data);
    });
    const fail = (): void => {
      this.broken = true;
      for (const [id, asked] of this.waiting) {
        asked.settle(failure(id));
      }
      this.waiting.clear();
    };
    port.addEventListener("error", fail);
    port.addEventListener("messageerror", fail);
  }

  /** Reads the election and makes the tables: to be called while the person still reads. */
  prepare(election: Uint8Array, progress?: Progress): Promise<AnswerOf<"prepared">> {
    return this.ask({ type: "prepare", election }, "prepared", progress);
  }

  /**
   * str(g^s) of a credential: compare it with the public list before the person goes on.
   * @param credential As typed.
   */
  async identify(credential: string): Promise<string> {
    return (await this.ask({ type: "identify", credential }, "identified")).publicCredential;
  }

  /** @param credential As typed. */
  encrypt(credential: string, choices: Choices, progress?: Progress): Promise<AnswerOf<"encrypted">> {
    return this.ask({ type: "encrypt", credential, choices }, "encrypted", progress);
  }

  /** Reveals the last ballot, which must then not be cast. */
  async audit(): Promise<string> {
    return (await this.ask({ type: "audit" }, "audited")).audit;
  }

  /** To be called once the ballot is cast or given up. */
  async forget(): Promise<void> {
    await this.ask({ type: "forget" }, "forgotten");
  }

  private ask<T extends BoothAnswer["type"]>(body: RequestBody, expected: T, progress?: Progress): Promise<AnswerOf<T>> {
    const id = this.next++;
    return new Promise((resolve, reject) => {
      const settle = (answer: BoothAnswer): void => {
        if (answer.type === expected) {
          resolve(answer as AnswerOf<T>);
        } else {
          reject(new BoothError(answer.type === "refused" ? answer.refusal : { kind: "failed", detail: `the worker answered ${answer.type}` }));
        }
      };
      if (this.broken) {
        settle(failure(id));
        return;
      }
      this.waiting.set(id, { settle, progress });
      this.port.postMessage({ id, ...body });
    });
  }
}

/**
 * Starts the worker from a file that has the published fingerprint, which a plain Worker cannot check. The page's policy
 * must allow `worker-src blob:`; the worker then obeys the page's policy.
 * @param integrity As in manifest.json: sha384- and base64.
 */
export async function startBooth(address: string, integrity: string): Promise<BoothClient> {
  try {
    const response = await fetch(address, { integrity, credentials: "omit" });
    if (!response.ok) {
      throw new Error(`the worker's file was not delivered: ${response.status}`);
    }
    const script = new Blob([await response.arrayBuffer()], { type: "text/javascript" });
    return new BoothClient(new Worker(URL.createObjectURL(script)));
  } catch (e) {
    throw new BoothError({ kind: "failed", detail: e instanceof Error ? e.message : String(e) });
  }
}

function failure(id: number): BoothAnswer {
  return { id, type: "refused", refusal: { kind: "failed", detail: "the worker stopped" } };
}
