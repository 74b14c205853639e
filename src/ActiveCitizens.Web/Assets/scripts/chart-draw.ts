import * as Plot from "@observablehq/plot";
import type { ChartData, ChartRow } from "./chart-data";

const colour = (row: ChartRow): string => `var(--series-${((row.place - 1) % 4) + 1})`;

/** Draws the table's figures into the plot, at the given width in pixels. */
export function draw(figure: HTMLElement, plot: HTMLElement, data: ChartData, width: number): void {
  const svg = chartOf(figure, data, width);
  // Our policy allows no style element; site.css says what Plot's own says.
  svg.querySelectorAll("style").forEach((style) => style.remove());
  svg.removeAttribute("style");
  // The chart is one picture with one name; the names Plot gives to its parts are not for anyone's ears.
  svg.querySelectorAll("[aria-label], [aria-description]").forEach((part) => {
    part.removeAttribute("aria-label");
    part.removeAttribute("aria-description");
  });
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", figure.dataset["label"] ?? "");
  plot.replaceChildren(...(data.series.length > 1 ? [legend(data.series)] : []), svg);
}

function chartOf(figure: HTMLElement, data: ChartData, width: number): Element {
  const unit = figure.dataset["unit"] ?? (data.series.length === 1 ? data.series[0] : null) ?? null;
  const along = figure.dataset["along"] ?? null;
  const format = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 2 });
  const tickFormat = (value: number): string => format.format(value);
  const common = { width, style: { background: "transparent", color: "currentColor" } } as const;
  const rows = [...data.rows];

  switch (figure.dataset["chart"]) {
    case "line":
      return Plot.plot({
        ...common,
        height: 340,
        marginLeft: 64,
        marginBottom: 48,
        x: { type: "point", domain: data.labels, label: along, tickSize: 0, ticks: everyNth(data.labels, width) },
        y: { grid: true, zero: true, label: unit, tickFormat, ticks: 5 },
        marks: [
          Plot.ruleY([0]),
          Plot.lineY(rows, { x: "label", y: "value", z: "series", stroke: colour, strokeWidth: 3 }),
          Plot.dot(rows, { x: "label", y: "value", fill: colour, r: 4 }),
        ],
      });
    case "histogram":
      return Plot.plot({
        ...common,
        height: 340,
        marginLeft: 64,
        marginBottom: 48,
        x: { type: "band", domain: data.labels, label: along, padding: 0.08, tickSize: 0, ticks: everyNth(data.labels, width) },
        y: { grid: true, label: unit, tickFormat, ticks: 5 },
        marks: [Plot.barY(rows, { x: "label", y: "value", fill: colour }), Plot.ruleY([0])],
      });
    default:
      return bars(data, rows, common, unit, tickFormat, width);
  }
}

/** Bars lie on their side under their name, so that a long name of a project can be read on a narrow screen too. */
function bars(
  data: ChartData,
  rows: readonly ChartRow[],
  common: object,
  unit: string | null,
  tickFormat: (value: number) => string,
  width: number,
): Element {
  const nameHeight = 24;
  const barHeight = data.series.length > 1 ? 20 : 26;
  const longest = Math.max(...rows.map((row) => row.text.length));
  const most = Math.max(...rows.map((row) => row.value));
  const room = Math.max(2, Math.round(width / 140));
  return Plot.plot({
    ...common,
    height: data.labels.length * (nameHeight + barHeight * data.series.length + 14) + 52,
    marginTop: 4,
    marginLeft: 4,
    marginRight: 12 + 9 * longest,
    marginBottom: 48,
    x: { grid: true, label: unit, tickFormat, ticks: Number.isInteger(most) ? Math.min(room, most) : room, zero: true },
    y: { type: "band", domain: data.series, axis: null, padding: 0.1, insetTop: nameHeight },
    fy: { domain: data.labels, axis: null, padding: 0.12 },
    marks: [
      Plot.text(data.labels, {
        fy: (label: string) => label,
        text: (label: string) => label,
        frameAnchor: "top-left",
        lineWidth: width / 15,
        textOverflow: "ellipsis",
        dy: 2,
      }),
      Plot.barX(rows, { x: "value", y: "series", fy: "label", fill: colour }),
      Plot.text(rows, { x: "value", y: "series", fy: "label", text: "text", textAnchor: "start", dx: 6 }),
      Plot.ruleX([0], { insetTop: nameHeight }),
    ],
  });
}

/** As many labels as fit without touching. */
function everyNth(labels: readonly string[], width: number): string[] {
  const longest = Math.max(...labels.map((label) => label.length));
  const room = Math.max(2, Math.floor((width - 80) / (longest * 9 + 12)));
  const step = Math.ceil(labels.length / room);
  return labels.filter((_, index) => index % step === 0);
}

function legend(series: readonly string[]): HTMLElement {
  const list = document.createElement("ul");
  list.className = "chart__legend";
  series.forEach((name, index) => {
    const item = document.createElement("li");
    item.innerHTML = `<svg class="swatch" viewBox="0 0 16 16" aria-hidden="true"><rect class="swatch-${(index % 4) + 1}" width="16" height="16" rx="2"/></svg>`;
    item.append(name);
    list.append(item);
  });
  return list;
}
