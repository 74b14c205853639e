import assert from "node:assert/strict";
import { issueCredentials } from "../../src/ActiveCitizens.Web/Assets/booth/credentials.js";
import { readElection, type Election } from "../../src/ActiveCitizens.Web/Assets/booth/election.js";
import { documentsOf, electionBeginning, Workshop } from "./support.js";

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
    this.election = readElection(Buffer.from(this.electionFile()));
  }

  /** The election file, as the archive holds it. */
  electionFile(): string {
    return documentsOf(this.workshop.read("e.bel"), electionBeginning)[0]!;
  }

  /** Puts ballots into the box; the command verifies them as a server would, and gives their trackers. */
  add(...ballots: readonly string[]): string[] {
    const names = ballots.map((ballot) => this.workshop.save(`ballot-${++this.ballots}.json`, ballot));
    return this.workshop.json<{ trackers: string[] }>("ballot", "add", "e.bel", ...names).trackers;
  }

  encryptedTally(): string {
    this.workshop.json("tally", "e.bel");
    return documentsOf(this.workshop.read("e.bel"), '[[{"alpha"')[0]!;
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
