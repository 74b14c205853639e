import qrcode from "qrcode-generator";

/** What letters say, in the city's words: the file that the site hands to the credential authority. It holds no secret. */
export interface LetterTexts {
  readonly language: string;
  readonly sender: string;
  readonly reference: string;
  readonly subject: string;
  readonly opening: string;
  readonly codeTitle: string;
  readonly steps: readonly string[];
  readonly booth: string;
  readonly qrAlternative: string;
  readonly without: string;
  readonly help: string;
  readonly secrecy: string;
  readonly rehearsal: string | null;
}

export interface Addressee {
  readonly number: number;
  /** Name and address, a line each. */
  readonly lines: readonly string[];
}

/** A private file: each elector's number and credential. Undefined for anything else. */
export function readPrivateCodes(text: string): ReadonlyMap<number, string> | undefined {
  try {
    const file = JSON.parse(text) as unknown;
    const entries = typeof file === "object" && file !== null && !Array.isArray(file) ? Object.entries(file) : [];
    return entries.length > 0 && entries.every(([number, code]) => /^\d{1,6}$/.test(number) && typeof code === "string" && /^[0-9A-Za-z-]{22,40}$/.test(code))
      ? new Map(entries.map(([number, code]) => [Number(number), code as string])) : undefined;
  } catch {
    return undefined;
  }
}

/** The letter of one elector, as `activecitizens credentials letters` writes it. */
export function letterOf(texts: LetterTexts, { number, lines }: Addressee, code: string): HTMLElement {
  const letter = element("article", "code-letter");
  letter.lang = texts.language;
  const to = element("address", "code-letter__to");
  lines.forEach((line, i) => to.append(...(i === 0 ? [] : [document.createElement("br")]), line));
  const printed = element("p", "code-letter__code");
  printed.append(element("span", "code-letter__number", String(number)), " ", code);
  const steps = document.createElement("ol");
  texts.steps.forEach((step, i) => {
    const item = element("li", "", step);
    if (i === 0) {
      item.append(" ", element("strong", "", texts.booth));
    }
    steps.append(item);
  });
  const how = element("div", "code-letter__how");
  // Behind the #, which browsers do not send.
  how.append(steps, drawQr(`${texts.booth}#${number}_${code}`, texts.qrAlternative));
  const help = document.createElement("p");
  help.append(element("strong", "", texts.help));
  letter.append(
    element("p", "code-letter__from", texts.sender), to, element("p", "code-letter__reference", texts.reference),
    ...(texts.rehearsal === null ? [] : [element("p", "code-letter__rehearsal", texts.rehearsal)]),
    element("h3", "", texts.subject), element("p", "", texts.opening), element("h4", "", texts.codeTitle), printed, how,
    element("p", "", texts.without), help, element("p", "code-letter__small", texts.secrecy));
  return letter;
}

function element(tag: string, name: string, text?: string): HTMLElement {
  const made = document.createElement(tag);
  if (name !== "") {
    made.className = name;
  }
  if (text !== undefined) {
    made.textContent = text;
  }
  return made;
}

/** One path of horizontal runs: thousands of small squares would make the print slow. */
function drawQr(content: string, alternative: string): SVGSVGElement {
  const code = qrcode(0, "M");
  code.addData(content);
  code.make();
  const size = code.getModuleCount();
  let runs = "";
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const from = x;
      while (x < size && code.isDark(y, x)) {
        x++;
      }
      if (x > from) {
        runs += `M${from} ${y}h${x - from}v1h-${x - from}z`;
      }
    }
  }
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", alternative);
  svg.setAttribute("shape-rendering", "crispEdges");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", runs);
  svg.append(path);
  return svg;
}
