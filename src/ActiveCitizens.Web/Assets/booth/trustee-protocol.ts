import type { IssuedCredentials } from "./credentials.js";
import type { Failure } from "./worker-client.js";

/** What the pages of trustees and of the credential authority ask of their worker: what takes seconds or minutes. */
export type TrusteeRequest = { readonly id: number } & (
  /** Makes the credentials of an election; weights in decimal, one per voter, when not all count once. */
  | { readonly type: "issue"; readonly uuid: string; readonly voters: number; readonly weights?: readonly string[] }
  /** Verifies a closed box down to every ballot. */
  | { readonly type: "check"; readonly archive: Uint8Array }
  /** Decrypts the tally checked last, and no other. */
  | { readonly type: "decrypt"; readonly privateKey: string }
);

export type TrusteeAnswer = { readonly id: number } & (
  | { readonly type: "progress"; readonly done: number; readonly total: number }
  | { readonly type: "issued"; readonly credentials: IssuedCredentials }
  | { readonly type: "checked"; readonly tally: TallySummary }
  /** The document to hand in, and the number of the trustee, from 1. */
  | { readonly type: "decrypted"; readonly document: string; readonly trustee: number }
  | { readonly type: "refused"; readonly refusal: TrusteeRefusal }
);

/** What a trustee compares with what was announced before a key is used. */
export interface TallySummary {
  readonly name: string;
  readonly uuid: string;
  readonly fingerprint: string;
  /** Kept ballots, and their weight in decimal. */
  readonly ballots: number;
  readonly weight: string;
  readonly lastEvent: string;
  /** By number; the checksum is the published one. */
  readonly trustees: readonly { readonly name?: string; readonly checksum: string; readonly decrypted: boolean }[];
}

export type TrusteeRefusal =
  /** `detail` says what is wrong with the archive, for a technician: nothing may be decrypted. */
  | { readonly kind: "bad-archive"; readonly detail: string }
  | { readonly kind: "nothing-checked" }
  /** Not a private key file. */
  | { readonly kind: "bad-key" }
  /** The key of no trustee of this election. */
  | { readonly kind: "foreign-key" }
  | Failure;
