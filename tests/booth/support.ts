import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after } from "node:test";

export const root = process.env["BOOTH_ROOT"] ?? process.cwd();
export const data = path.join(root, "tests/ActiveCitizens.Voting.Tests/Data");
const command = path.join(root, "artifacts/bin/ActiveCitizens.Cli/release/activecitizens");

export function readData(name: string): Buffer {
  return readFileSync(path.join(data, name));
}

export interface Run {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** A folder of its own in which the command runs, removed at the end. */
export class Workshop {
  readonly folder = mkdtempSync(path.join(tmpdir(), "booth-"));

  constructor() {
    after(() => rmSync(this.folder, { recursive: true, force: true }));
  }

  save(name: string, content: string | Uint8Array): string {
    writeFileSync(path.join(this.folder, name), content);
    return name;
  }

  read(name: string): Buffer {
    return readFileSync(path.join(this.folder, name));
  }

  run(program: string, ...args: string[]): Run {
    const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: this.folder, encoding: "utf8", maxBuffer: 1 << 26 });
    if (error !== undefined) {
      throw error;
    }
    return { code: status, output: stdout, errors: stderr };
  }

  activecitizens(...args: string[]): Run {
    return this.run(command, ...args);
  }

  /** Runs the command, which must succeed, and reads the JSON that it prints. */
  json<T = Record<string, unknown>>(...args: string[]): T {
    const { code, output, errors } = this.activecitizens(...args, "--json");
    if (code !== 0) {
      throw new Error(`activecitizens ${args.join(" ")} ended with ${code}: ${errors}${output}`);
    }
    return JSON.parse(output) as T;
  }
}

/** Documents and events of an archive, in order: the content of every member of the tar file. */
export function membersOf(archive: Buffer): Buffer[] {
  const found = [];
  for (let at = 0; at < archive.length;) {
    const size = parseInt(archive.toString("latin1", at + 124, at + 135), 8);
    found.push(archive.subarray(at + 512, at + 512 + size));
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return found;
}

/** The documents of an archive that begin with a text. */
export function documentsOf(archive: Buffer, beginning: string): string[] {
  return membersOf(archive).map((member) => member.toString("utf8")).filter((text) => text.startsWith(beginning));
}

export const electionBeginning = '{"version":1,"description"';
export const ballotBeginning = '{"election_uuid"';
