import { readData } from "./support.js";

export interface Vectors {
  readonly groups: { readonly Ed25519: {
    readonly [name: string]: unknown;
    readonly q: string;
    readonly must_reject_encodings: readonly { readonly hex: string; readonly why: string }[];
  } };
  readonly credentials: readonly { readonly group: string; readonly format: string; readonly uuid: string; readonly credential: string; readonly secret_exponent: string; readonly public_credential: string }[];
  readonly ballot_traces: readonly {
    readonly group: string; readonly fixture: string; readonly ballot_sha256: string; readonly tracker: string;
    readonly hash_calls: readonly { readonly sha256: string; readonly value_mod_q: string; readonly input?: string; readonly input_length: number; readonly input_start?: string; readonly input_end?: string }[];
  }[];
}

export const vectors = JSON.parse(readData("vectors.json").toString("utf8")) as Vectors;
export const ed25519 = vectors.groups.Ed25519;
