import { mapWithList } from "./scripts/map-with-list";
import { pointPicker } from "./scripts/point-picker";

for (const container of document.querySelectorAll<HTMLElement>(".map-with-list")) {
  void mapWithList(container);
}

for (const container of document.querySelectorAll<HTMLElement>(".point-picker")) {
  void pointPicker(container);
}
