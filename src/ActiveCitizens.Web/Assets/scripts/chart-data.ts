export interface ChartRow {
  readonly label: string;
  readonly series: string;
  /** Place of the series among the others, from 1: its colour. */
  readonly place: number;
  readonly value: number;
  /** The value as the table writes it. */
  readonly text: string;
}

export interface ChartData {
  readonly labels: readonly string[];
  readonly series: readonly string[];
  readonly rows: readonly ChartRow[];
}

/** Reads the table a chart stands for: its first column names, each other column with numbers is a series. */
export function readTable(table: HTMLTableElement): ChartData {
  const head = table.tHead?.rows[0];
  const labels: string[] = [];
  const rows: ChartRow[] = [];
  const series: string[] = [];
  for (const line of table.tBodies[0]?.rows ?? []) {
    const label = words(line.cells[0]);
    labels.push(label);
    for (const cell of [...line.cells].slice(1)) {
      const value = Number.parseFloat(cell.dataset["value"] ?? "");
      if (Number.isFinite(value)) {
        const name = words(head?.cells[cell.cellIndex]);
        if (!series.includes(name)) {
          series.push(name);
        }

        rows.push({ label, series: name, place: series.indexOf(name) + 1, value, text: words(cell) });
      }
    }
  }

  return { labels, series, rows };
}

function words(cell: HTMLTableCellElement | undefined): string {
  return cell?.textContent?.replace(/\s+/g, " ").trim() ?? "";
}
