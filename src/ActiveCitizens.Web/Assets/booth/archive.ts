import { utf8ToBytes } from "@noble/hashes/utils.js";
import { canonical, decodeUtf8, FormatError, integer, members, parseCanonical, text, type Json } from "./canonical-json.js";
import { hexDigest } from "./hashing.js";

const headerLength = 512;
const maxHeight = 2 ** 30 - 1;

export type EventType = "Setup" | "Ballot" | "EndBallots" | "EncryptedTally" | "PartialDecryption" | "Result";

/** What may come after each event, in an election without ranked questions (PROTOCOL.md section 9). */
const order: Readonly<Record<EventType | "", readonly EventType[]>> = {
  "": ["Setup"],
  Setup: ["Ballot", "EndBallots"],
  Ballot: ["Ballot", "EndBallots"],
  EndBallots: ["EncryptedTally"],
  EncryptedTally: ["PartialDecryption"],
  PartialDecryption: ["PartialDecryption", "Result"],
  Result: [],
};

/** The documents of an election's archive, as bytes or text. Their own proofs are not checked by reading them. */
export interface Archive {
  readonly election: Uint8Array;
  readonly trustees: string;
  readonly credentials: string;
  /** In the order of the box, superseded ones included. */
  readonly ballots: readonly string[];
  readonly tally?: { readonly document: string; readonly ballots: number; readonly weight: bigint };
  /** Trustee numbers, from 1, of those who decrypted. */
  readonly decryptedBy: readonly number[];
  readonly lastType: EventType;
  /** Hash of the last event, in hexadecimal: it pins the whole archive. */
  readonly lastEvent: string;
}

interface Member {
  readonly hash: string;
  readonly content: Uint8Array;
  readonly isEvent: boolean;
}

/**
 * Reads an archive: every header byte, hash and link of the chain, the order of events, and the documents before each.
 * @throws FormatError for anything that the reference program would not write.
 */
export function readArchive(bytes: Uint8Array): Archive {
  const box: { -readonly [K in keyof Archive]?: Archive[K] } = {};
  const ballots: string[] = [];
  const decryptedBy: number[] = [];
  let pending: Member[] = [];
  let last: EventType | "" = "";
  let parent: string | undefined;
  let height = 0;
  for (const member of readMembers(bytes)) {
    if (!member.isEvent) {
      pending.push(member);
      continue;
    }
    const name = `archive, event ${height}`;
    const event = members(name, parseCanonical(name, decodeUtf8(name, member.content)), ["parent?", "height", "type", "payload?"]);
    const type = text(name, event["type"]) as EventType;
    if (event["parent"] !== parent || integer(name, event["height"], 0, maxHeight) !== height) {
      throw new FormatError(name, "the hash of the event before it, and the next height");
    }
    if (!order[last].includes(type)) {
      throw new FormatError(name, `one of ${order[last].join(", ")}`);
    }
    if (event["payload"] !== pending.at(-1)?.hash) {
      throw new FormatError(name, "the hash of the document before it");
    }
    take(name, type, pending.map(({ content }) => content));
    [pending, last, parent, height] = [[], type, member.hash, height + 1];
  }
  if (last === "" || pending.length > 0 || parent === undefined) {
    throw new FormatError("archive", "an event at the end");
  }
  return { ...box, ballots, decryptedBy, lastType: last, lastEvent: parent } as Archive;

  function take(name: string, type: EventType, documents: readonly Uint8Array[]): void {
    const [document, data] = documents;
    switch (type) {
      case "Setup": {
        const [election, trustees, credentials] = expectDocuments(name, documents, ["election", "trustees", "credentials", "credentials_certificate?"]);
        Object.assign(box, { election, trustees: decodeUtf8("trustees", trustees!), credentials: decodeUtf8("public credentials", credentials!) });
        break;
      }
      case "Ballot":
        expectCount(name, documents, 1);
        ballots.push(decodeUtf8("ballot", document!));
        break;
      case "EncryptedTally": {
        expectCount(name, documents, 2);
        const tally = members(name, readData(name, data!), ["num_tallied", "total_weight", "encrypted_tally"]);
        expectHash(name, tally["encrypted_tally"], document!);
        box.tally = { document: decodeUtf8("encrypted tally", document!), ballots: integer(name, tally["num_tallied"], 0, maxHeight), weight: readWeight(name, tally["total_weight"]) };
        break;
      }
      case "PartialDecryption": {
        expectCount(name, documents, 2);
        const owned = members(name, readData(name, data!), ["owner", "payload"]);
        expectHash(name, owned["payload"], document!);
        decryptedBy.push(integer(name, owned["owner"], 1, maxHeight));
        break;
      }
      case "Result":
        expectCount(name, documents, 1);
        break;
      case "EndBallots":
        expectCount(name, documents, 0);
    }
  }
}

/** A count above 2^30 - 1 stands in quotes. */
function readWeight(name: string, value: Json | undefined): bigint {
  if (typeof value === "string" && /^[1-9][0-9]{9,18}$/.test(value) && BigInt(value) >= 2n ** 30n) {
    return BigInt(value);
  }
  return BigInt(integer(name, value, 0, maxHeight));
}

function expectDocuments(name: string, documents: readonly Uint8Array[], names: readonly string[]): readonly Uint8Array[] {
  const data = documents.at(-1);
  const listed = data === undefined ? {} : members(name, readData(name, data), names);
  expectCount(name, documents, Object.keys(listed).length + 1);
  Object.values(listed).forEach((hash, i) => expectHash(name, hash, documents[i]!));
  return documents;
}

function expectCount(name: string, documents: readonly Uint8Array[], count: number): void {
  if (documents.length !== count) {
    throw new FormatError(name, `${count} documents before it`);
  }
}

function expectHash(name: string, hash: Json | undefined, document: Uint8Array): void {
  if (hash !== hexDigest(document)) {
    throw new FormatError(name, "the hash of its document");
  }
}

function readData(name: string, content: Uint8Array): Json {
  return parseCanonical(name, decodeUtf8(name, content));
}

function readMembers(bytes: Uint8Array): Member[] {
  const found: Member[] = [];
  let timestamp: number | undefined;
  for (let at = 0; at < bytes.length;) {
    const name = `archive, byte ${at}`;
    const header = bytes.subarray(at, at + headerLength);
    const size = parseInt(ascii(header.subarray(124, 135)), 8);
    const content = bytes.subarray(at + headerLength, at + headerLength + size);
    const end = at + headerLength + Math.ceil(size / headerLength) * headerLength;
    if (header.length < headerLength || !(size >= 0) || end > bytes.length || bytes.subarray(at + headerLength + size, end).some((b) => b !== 0)) {
      throw new FormatError(name, "a whole member, padded with zeros");
    }
    const stated = ascii(header.subarray(0, 100)).replace(/\0+$/, "");
    if (timestamp === undefined) {
      const first = members(name, readData(name, content), ["version", "timestamp"]);
      timestamp = Number(text(name, first["timestamp"]));
      if (stated !== "BELENIOS" || canonical(first) !== canonical({ version: 1, timestamp: timestamp.toString() })) {
        throw new FormatError(name, "the member BELENIOS of version 1");
      }
    } else {
      const hash = hexDigest(content);
      const isEvent = stated.endsWith(".event.json");
      if (stated !== `${hash}${isEvent ? ".event.json" : ".data.json"}`) {
        throw new FormatError(name, "a member named by its hash");
      }
      found.push({ hash, content, isEvent });
    }
    const expected = writeHeader(stated, size, timestamp);
    if (header.some((b, i) => b !== expected[i])) {
      throw new FormatError(name, "the header that the reference program writes");
    }
    at = end;
  }
  return found;
}

function writeHeader(name: string, size: number, timestamp: number): Uint8Array {
  const header = new Uint8Array(headerLength);
  const put = (offset: number, value: string): void => header.set(utf8ToBytes(value), offset);
  const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, "0");
  for (const [offset, value] of [[0, name], [100, "0000644"], [108, "0000000"], [116, "0000000"], [124, octal(size, 11)], [136, octal(timestamp, 11)], [148, " ".repeat(8)], [156, "0"]] as const) {
    put(offset, value);
  }
  put(148, `${octal(header.reduce((sum, b) => sum + b, 0), 6)}\0 `);
  return header;
}

function ascii(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
