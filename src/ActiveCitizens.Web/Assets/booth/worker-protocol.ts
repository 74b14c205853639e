import type { CredentialReading } from "./credentials.js";
import type { Choices, ChoicesProblem } from "./election.js";
import type { Failure } from "./worker-client.js";

/** What a page asks of the worker, one thing at a time; every answer carries the number of its request. */
export type BoothRequest = { readonly id: number } & (
  /** First: reads the election and makes its tables. */
  | { readonly type: "prepare"; readonly election: Uint8Array }
  /** The public credential of a typed one: on the public list, or mistyped. */
  | { readonly type: "identify"; readonly credential: string }
  /** Makes a ballot and keeps what an audit would reveal, in the place of any earlier one. */
  | { readonly type: "encrypt"; readonly credential: string; readonly choices: Choices }
  /** Reveals the last ballot, which can then no longer be revealed or told to be cast. */
  | { readonly type: "audit" }
  /** Forgets what could reveal the last ballot: when it is cast, or given up. */
  | { readonly type: "forget" }
);

export type BoothAnswer = { readonly id: number } & (
  | { readonly type: "progress"; readonly done: number; readonly total: number }
  | { readonly type: "prepared"; readonly uuid: string; readonly fingerprint: string }
  | { readonly type: "identified"; readonly publicCredential: string }
  | { readonly type: "encrypted"; readonly ballot: string; readonly tracker: string }
  | { readonly type: "audited"; readonly audit: string }
  | { readonly type: "forgotten" }
  | { readonly type: "refused"; readonly refusal: BoothRefusal }
);

export type BoothRefusal =
  /** `detail` is for a technician. */
  | { readonly kind: "bad-election"; readonly detail: string }
  | { readonly kind: "not-prepared" }
  | { readonly kind: "bad-credential"; readonly reading: Exclude<CredentialReading, { kind: "valid" }> }
  | { readonly kind: "bad-choices"; readonly problem: ChoicesProblem }
  | { readonly kind: "nothing-to-audit" }
  | Failure;
