import assert from "node:assert/strict";
import { issueCredentials } from "../../src/ActiveCitizens.Web/Assets/booth/credentials.js";
import { readElection, type Election } from "../../src/ActiveCitizens.Web/Assets/booth/election.js";
import { Workshop } from "./support.js";

export interface TemplateQuestion {
  readonly question: string;
  readonly answers: readonly string[];
  readonly min: number;
  readonly max: number;
  readonly blank?: boolean;
}

export const council: TemplateQuestion = { question: "Who?", answers: Array.from({ length: 15 }, (_, i) => `Candidate ${i + 1}`), min: 0, max: 9, blank: true };

/** An election that the command sets up and counts, with credentials, keys and ballots of the booth. */
export class HeldElection {
  readonly workshop = new Workshop();
  election!: Election;
  credentials: readonly string[] = [];
  private ballots = 0;

  /** @param trustees Arguments that name the trustees' files. */
  async setUp(questions: readonly TemplateQuestion[], voters: number, trustees: readonly string[]): Promise<void> {
    const uuid = "9gBAcNAD5FVzTX";
    const issued = await issueCredentials(uuid, voters);
    this.credentials = issued.privateCredentials;
    this.workshop.save("public.json", issued.publicList);
    this.workshop.save("template.json", JSON.stringify({ name: "Conseil « nord »\n\u007f", description: "<é & \"ü\" \\ />\u2028", questions }));
    this.workshop.json("election", "new", "template.json", "--uuid", uuid, "--credentials", "public.json", "--out", "e.bel", ...trustees);
    this.election = readElection(this.members().find((m) => m.text.startsWith('{"version":1,"description"'))!.bytes);
  }

  /** Puts a ballot into the box; the command verifies it as a server would. */
  add(ballot: string): string {
    const name = this.workshop.save(`ballot-${++this.ballots}.json`, ballot);
    const { trackers } = this.workshop.json<{ trackers: string[] }>("ballot", "add", "e.bel", name);
    return trackers[0]!;
  }

  /** Documents and events of the archive, in order. */
  members(): { bytes: Buffer; text: string }[] {
    const archive = this.workshop.read("e.bel");
    const found = [];
    for (let at = 0; at < archive.length;) {
      const size = parseInt(archive.toString("latin1", at + 124, at + 135), 8);
      const bytes = archive.subarray(at + 512, at + 512 + size);
      found.push({ bytes, text: bytes.toString("utf8") });
      at += 512 + Math.ceil(size / 512) * 512;
    }
    return found;
  }

  encryptedTally(): string {
    this.workshop.json("tally", "e.bel");
    return this.members().find((m) => m.text.startsWith('[[{"alpha"'))!.text;
  }

  /** Votes by answer and question. */
  result(...decryptions: readonly string[]): number[][] {
    const files = decryptions.flatMap((text, i) => ["--decryption", this.workshop.save(`decryption-${i}.json`, text)]);
    const { result } = this.workshop.json<{ result: { votes: { votes: number }[] }[] }>("result", "e.bel", ...files);
    const verdict = this.workshop.json<{ verdict: string }>("verify", "e.bel").verdict;
    assert.equal(verdict, "Valid");
    return result.map((question) => question.votes.map((v) => v.votes));
  }
}
