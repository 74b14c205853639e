import { readTable } from "./scripts/chart-data";
import { draw } from "./scripts/chart-draw";

for (const figure of document.querySelectorAll<HTMLElement>("figure[data-chart]")) {
  const table = figure.querySelector("table");
  const plot = figure.querySelector<HTMLElement>(".chart__plot");
  const details = figure.querySelector("details");
  if (table === null || plot === null || details === null) {
    continue;
  }

  const data = readTable(table);
  if (data.rows.length === 0) {
    continue;
  }

  plot.hidden = false;
  details.open = false;
  let width = 0;
  new ResizeObserver(() => {
    const available = Math.floor(plot.clientWidth);
    if (available > 0 && available !== width) {
      width = available;
      draw(figure, plot, data, width);
    }
  }).observe(plot);
}
