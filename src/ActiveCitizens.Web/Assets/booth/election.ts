import { alphabet } from "./base58.js";
import { decodeUtf8, FormatError, integer, list, members, parseCanonical, text, type Json } from "./canonical-json.js";
import { decode, groupName, prepare, type Element } from "./group.js";
import { base64Digest } from "./hashing.js";

const maxAnswers = 1000;

/** A homomorphic question (PROTOCOL.md section 5): 0 or 1 to each answer, with a sum of `min` to `max`; or a blank vote. */
export interface Question {
  readonly text: string;
  readonly answers: readonly string[];
  readonly blank: boolean;
  readonly min: number;
  readonly max: number;
}

export interface Election {
  readonly uuid: string;
  readonly name: string;
  readonly description: string;
  /** phi: base64 of the hash of the file, 43 characters. */
  readonly fingerprint: string;
  /** y. */
  readonly publicKey: Element;
  readonly publicKeyText: string;
  readonly questions: readonly Question[];
}

/** One list per question of 0 or 1 per answer, with the blank bit first where the question allows a blank vote. */
export type Choices = readonly (readonly number[])[];

/** Why choices cannot be cast; `question` counts from 0. */
export type ChoicesProblem =
  | { readonly kind: "wrong-shape"; readonly question: number }
  | { readonly kind: "blank-with-choices"; readonly question: number }
  | { readonly kind: "too-few" | "too-many"; readonly question: number; readonly chosen: number; readonly min: number; readonly max: number };

/**
 * Reads an election file.
 * @param file Its very bytes: they give the fingerprint that all ballots are bound to.
 * @throws FormatError when it is not the canonical form of an election of version 1 in Ed25519 whose questions are all homomorphic.
 */
export function readElection(file: Uint8Array): Election {
  const name = "election";
  const document = members(name, parseCanonical(name, decodeUtf8(name, file)),
    ["version", "description", "name", "group", "public_key", "questions", "uuid", "administrator?", "credential_authority?", "language?"]);
  integer("election, version", document["version"], 1, 1);
  if (document["group"] !== groupName) {
    throw new FormatError("election, group", groupName);
  }
  const publicKeyText = text("election, public_key", document["public_key"]);
  const publicKey = decode(publicKeyText);
  if (publicKey === undefined) {
    throw new FormatError("election, public_key", "an element of the group");
  }
  const uuid = text("election, uuid", document["uuid"]);
  if (uuid.length < 14 || uuid.length > 64 || [...uuid].some((c) => !alphabet.includes(c))) {
    throw new FormatError("election, uuid", "14 to 64 base58 characters");
  }
  const questions = list("election, questions", document["questions"]).map((value, i) => readQuestion(`election, question ${i + 1}`, value));
  if (questions.length === 0) {
    throw new FormatError("election, questions", "at least one");
  }
  for (const optional of ["administrator", "credential_authority"]) {
    if (document[optional] !== undefined) {
      text(`election, ${optional}`, document[optional]);
    }
  }
  return {
    uuid,
    name: text("election, name", document["name"]),
    description: text("election, description", document["description"]),
    fingerprint: base64Digest(file),
    publicKey: prepare(publicKey),
    publicKeyText,
    questions,
  };
}

export function ciphertextCount(question: Question): number {
  return question.answers.length + (question.blank ? 1 : 0);
}

/** Entries of the overall proof. */
export function overallProofCount(question: Question): number {
  return question.max - question.min + (question.blank ? 2 : 1);
}

/** Undefined when the choices can be cast. */
export function findProblem(questions: readonly Question[], choices: Choices): ChoicesProblem | undefined {
  for (const [i, question] of questions.entries()) {
    const values = choices[i];
    if (values === undefined || values.length !== ciphertextCount(question) || values.some((v) => v !== 0 && v !== 1)) {
      return { kind: "wrong-shape", question: i };
    }
    const chosen = values.slice(question.blank ? 1 : 0).reduce((sum, v) => sum + v, 0);
    if (question.blank && values[0] === 1) {
      if (chosen > 0) {
        return { kind: "blank-with-choices", question: i };
      }
    } else if (chosen < question.min || chosen > question.max) {
      return { kind: chosen < question.min ? "too-few" : "too-many", question: i, chosen, min: question.min, max: question.max };
    }
  }
  return choices.length === questions.length ? undefined : { kind: "wrong-shape", question: questions.length };
}

function readQuestion(name: string, value: Json): Question {
  if (typeof value === "object" && "type" in value) {
    throw new FormatError(name, "a question with choices; ranked answers cannot be given here");
  }
  const document = members(name, value, ["answers", "blank?", "min", "max", "question"]);
  const answers = list(`${name}, answers`, document["answers"]).map((answer) => text(`${name}, answers`, answer));
  if (answers.length === 0 || answers.length > maxAnswers) {
    throw new FormatError(`${name}, answers`, `1 to ${maxAnswers}`);
  }
  const blank = document["blank"] ?? false;
  if (typeof blank !== "boolean") {
    throw new FormatError(`${name}, blank`, "true or false");
  }
  const max = integer(`${name}, max`, document["max"], 0, answers.length);
  const min = integer(`${name}, min`, document["min"], 0, max);
  return { text: text(`${name}, question`, document["question"]), answers, blank, min, max };
}
