import { FormatError } from "./canonical-json.js";
import { checkTally, type CheckedTally } from "./checked-tally.js";
import { issueCredentials } from "./credentials.js";
import { encodeOne, generator, power } from "./group.js";
import type { TallySummary, TrusteeAnswer, TrusteeRefusal, TrusteeRequest } from "./trustee-protocol.js";
import { keyChecksum, partialDecryption, readPrivateKey } from "./trustee.js";

class Refused extends Error {
  constructor(readonly refusal: TrusteeRefusal) {
    super(refusal.kind);
  }
}

/** The state behind the trustees' worker: the tally that was verified, which is the only one it decrypts. */
export class TrusteeOffice {
  private checked: CheckedTally | undefined;

  /** Never throws: what goes wrong is answered. */
  async handle(request: TrusteeRequest, answer: (answer: TrusteeAnswer) => void): Promise<void> {
    const { id } = request;
    try {
      answer(await this.work(request, (done, total) => answer({ id, type: "progress", done, total })));
    } catch (e) {
      const refusal: TrusteeRefusal = e instanceof Refused ? e.refusal : { kind: "failed", detail: e instanceof Error ? e.message : String(e) };
      answer({ id, type: "refused", refusal });
    }
  }

  private async work(request: TrusteeRequest, progress: (done: number, total: number) => void): Promise<TrusteeAnswer> {
    const { id } = request;
    switch (request.type) {
      case "issue": {
        const credentials = await issueCredentials(request.uuid, request.voters, request.weights?.map(BigInt), (made) => progress(made, request.voters));
        return { id, type: "issued", credentials };
      }
      case "check": {
        this.checked = undefined;
        this.checked = await refusing((detail) => ({ kind: "bad-archive", detail }), () => checkTally(request.archive, progress));
        return { id, type: "checked", tally: summaryOf(this.checked) };
      }
      case "decrypt": {
        const tally = this.checked;
        if (tally === undefined) {
          throw new Refused({ kind: "nothing-checked" });
        }
        const privateKey = await refusing(() => ({ kind: "bad-key" }), () => readPrivateKey(request.privateKey));
        const own = encodeOne(power(generator, privateKey));
        const trustee = tally.keys.findIndex((key) => key.text === own) + 1;
        if (trustee === 0) {
          throw new Refused({ kind: "foreign-key" });
        }
        return { id, type: "decrypted", document: partialDecryption(tally.election, tally.ciphertexts, privateKey), trustee };
      }
    }
  }
}

async function refusing<T>(refusal: (detail: string) => TrusteeRefusal, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (e) {
    throw e instanceof FormatError ? new Refused(refusal(e.message)) : e;
  }
}

function summaryOf({ election, keys, decryptedBy, ballots, weight, lastEvent }: CheckedTally): TallySummary {
  return {
    name: election.name, uuid: election.uuid, fingerprint: election.fingerprint, ballots, weight: weight.toString(), lastEvent,
    trustees: keys.map((key, i) => ({ ...(key.name === undefined ? {} : { name: key.name }), checksum: keyChecksum(key.text), decrypted: decryptedBy.includes(i + 1) })),
  };
}
