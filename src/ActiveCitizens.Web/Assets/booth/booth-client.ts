import type { Choices } from "./election.js";
import { startWorker, WorkerClient, type Progress, type WorkerPort } from "./worker-client.js";
import type { BoothAnswer, BoothRefusal, BoothRequest } from "./worker-protocol.js";

/** Something the worker could not do; pages say so in their own words. */
export class BoothError extends Error {
  override readonly name = "BoothError";

  constructor(readonly refusal: BoothRefusal) {
    super(refusal.kind);
  }
}

type AnswerOf<T extends BoothAnswer["type"]> = Extract<BoothAnswer, { type: T }>;

/** The page's side of the booth's worker. Every call settles; a failure is a BoothError. */
export class BoothClient {
  private readonly worker: WorkerClient<BoothRequest, BoothAnswer>;

  /** @param port A Worker started from booth-worker.js. */
  constructor(port: WorkerPort<BoothRequest, BoothAnswer>) {
    this.worker = new WorkerClient(port, (refusal) => new BoothError(refusal));
  }

  /** Reads the election and makes the tables: to be called while the person still reads. */
  prepare(election: Uint8Array, progress?: Progress): Promise<AnswerOf<"prepared">> {
    return this.worker.ask({ type: "prepare", election }, "prepared", progress);
  }

  /**
   * str(g^s) of a credential: compare it with the public list before the person goes on.
   * @param credential As typed.
   */
  async identify(credential: string): Promise<string> {
    return (await this.worker.ask({ type: "identify", credential }, "identified")).publicCredential;
  }

  /** @param credential As typed. */
  encrypt(credential: string, choices: Choices, progress?: Progress): Promise<AnswerOf<"encrypted">> {
    return this.worker.ask({ type: "encrypt", credential, choices }, "encrypted", progress);
  }

  /** Reveals the last ballot, which must then not be cast. */
  async audit(): Promise<string> {
    return (await this.worker.ask({ type: "audit" }, "audited")).audit;
  }

  /** To be called once the ballot is cast or given up. */
  async forget(): Promise<void> {
    await this.worker.ask({ type: "forget" }, "forgotten");
  }
}

/** Starts the booth from the file and with the integrity that manifest.json names; see `startWorker` for the policy needed. */
export async function startBooth(address: string, integrity: string): Promise<BoothClient> {
  try {
    return new BoothClient(await startWorker(address, integrity));
  } catch (e) {
    throw new BoothError({ kind: "failed", detail: e instanceof Error ? e.message : String(e) });
  }
}
