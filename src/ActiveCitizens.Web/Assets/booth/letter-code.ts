/** Characters of a credential without its dashes. */
export const credentialLength = 22;

/** The code of a letter as it is printed: the elector's number, then the credential. */
export interface LetterCode {
  /** Number on the roll; undefined when nothing that could be one stands first. */
  readonly number: number | undefined;
  /** What remains, as typed. */
  readonly credential: string;
}

/**
 * Takes `412 AbCdE-FgHiJk-LmNoP-QrStUv` apart, however it is spaced. A number that runs into the credential is told apart by the credential's
 * length, which is fixed.
 */
export function splitLetterCode(typed: string): LetterCode {
  const text = typed.trim();
  const spaced = /^(\d{1,6})[\s\p{Pd}\u2212_.:·]+(?=\S)(.*)$/su.exec(text);
  if (spaced !== null) {
    return { number: Number(spaced[1]), credential: spaced[2] ?? "" };
  }
  const raw = text.replace(/[\s\p{Pd}\p{Cf}\u2212_]/gu, "");
  const head = raw.slice(0, Math.max(0, raw.length - credentialLength));
  return /^\d{1,6}$/.test(head) ? { number: Number(head), credential: raw.slice(head.length) } : { number: undefined, credential: text };
}
