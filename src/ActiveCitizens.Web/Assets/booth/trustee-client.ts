import type { IssuedCredentials } from "./credentials.js";
import type { TallySummary, TrusteeAnswer, TrusteeRefusal, TrusteeRequest } from "./trustee-protocol.js";
import { startWorker, WorkerClient, type Progress, type WorkerPort } from "./worker-client.js";

/** Something the worker could not do; pages say so in their own words. */
export class TrusteeError extends Error {
  override readonly name = "TrusteeError";

  constructor(readonly refusal: TrusteeRefusal) {
    super(refusal.kind);
  }
}

/** The side of trustees' and credential authorities' pages. Every call settles; a failure is a TrusteeError. */
export class TrusteeClient {
  private readonly worker: WorkerClient<TrusteeRequest, TrusteeAnswer>;

  /** @param port A Worker started from trustee-worker.js. */
  constructor(port: WorkerPort<TrusteeRequest, TrusteeAnswer>) {
    this.worker = new WorkerClient(port, (refusal) => new TrusteeError(refusal));
  }

  /** @param weights In decimal, one per voter; left out when all count once. */
  async issue(uuid: string, voters: number, weights?: readonly string[], progress?: Progress): Promise<IssuedCredentials> {
    return (await this.worker.ask({ type: "issue", uuid, voters, ...(weights === undefined ? {} : { weights }) }, "issued", progress)).credentials;
  }

  /** Verifies an archive whose box is closed; only then can it be decrypted. */
  async check(archive: Uint8Array, progress?: Progress): Promise<TallySummary> {
    return (await this.worker.ask({ type: "check", archive }, "checked", progress)).tally;
  }

  /**
   * Decrypts the tally checked last.
   * @param privateKey The private key file of a mandatory trustee, or one made of a threshold member's share.
   */
  async decrypt(privateKey: string): Promise<{ readonly document: string; readonly trustee: number }> {
    const { document, trustee } = await this.worker.ask({ type: "decrypt", privateKey }, "decrypted");
    return { document, trustee };
  }
}

/** Starts the worker from the file and with the integrity that manifest.json names; see `startWorker` for the policy needed. */
export async function startTrustee(address: string, integrity: string): Promise<TrusteeClient> {
  try {
    return new TrusteeClient(await startWorker(address, integrity));
  } catch (e) {
    throw new TrusteeError({ kind: "failed", detail: e instanceof Error ? e.message : String(e) });
  }
}
