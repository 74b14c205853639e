import * as L from "leaflet";
import type { Feature } from "geojson";
import { fit, idOf, nameOf, openMap } from "./city-map";

const highlighted = "is-highlighted";

/** The list stays as it is; the map beside it follows, and leads. */
export async function mapWithList(container: HTMLElement): Promise<void> {
  const element = container.querySelector<HTMLElement>(".map");
  if (element === null) {
    return;
  }

  const items = new Map<string, HTMLElement>();
  for (const item of container.querySelectorAll<HTMLElement>("[data-feature]")) {
    items.set(item.dataset["feature"] ?? "", item);
  }

  const { map, shapes } = await openMap(element);
  const layers = new Map<string, L.Path>();
  const mark = (id: string, on: boolean): void => {
    items.get(id)?.classList.toggle(highlighted, on);
    const layer = layers.get(id);
    layer?.getElement()?.classList.toggle(highlighted, on);
    if (on) {
      layer?.bringToFront().openTooltip();
    } else {
      layer?.closeTooltip();
    }
  };

  const current = element.dataset["current"];
  const areaClass = (id: string): string => {
    if (id === current) {
      return "map-area map-area--current";
    }

    // A search shortens the list: areas that are not in it step back.
    return items.size === 0 || items.has(id) ? "map-area" : "map-area map-area--faint";
  };
  const group = L.geoJSON(shapes, {
    style: (feature) => (feature?.geometry.type === "Point" ? {} : { className: feature ? areaClass(idOf(feature)) : "map-area" }),
    pointToLayer: (_, place) => L.circleMarker(place, { radius: 9, className: "map-point" }),
    onEachFeature: (feature: Feature, layer: L.Layer) => {
      const id = idOf(feature);
      if (layer instanceof L.Path) {
        layers.set(id, layer);
      }

      const label = document.createElement("span");
      label.textContent = nameOf(feature);
      layer.bindTooltip(label, { direction: "top", sticky: !(layer instanceof L.CircleMarker) });
      layer.on("mouseover", () => mark(id, true));
      layer.on("mouseout", () => mark(id, false));
      layer.on("click", () => {
        const link = items.get(id)?.querySelector("a")?.href ?? (feature.properties?.["href"] as string | undefined);
        if (link) {
          location.assign(link);
        }
      });
    },
  }).addTo(map);
  fit(map, group);

  for (const [id, item] of items) {
    item.addEventListener("mouseenter", () => mark(id, true));
    item.addEventListener("mouseleave", () => mark(id, false));
    item.addEventListener("focusin", () => mark(id, true));
    item.addEventListener("focusout", () => mark(id, false));
  }
}
