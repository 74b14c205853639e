import { MarkQueue } from "./scripts/mark-queue";

for (const place of document.querySelectorAll<HTMLElement>("[data-desk-queue]")) {
  new MarkQueue(place).start();
}
