import * as L from "leaflet";
import type { Feature, FeatureCollection } from "geojson";

export interface CityMap {
  readonly map: L.Map;
  readonly shapes: FeatureCollection;
}

/** Shows an element's map: its shapes say where it begins, tiles lie under them when the city has some. */
export async function openMap(element: HTMLElement): Promise<CityMap> {
  const shapes = await loadShapes(element.dataset["geojson"] ?? "");
  element.hidden = false;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(element, {
    zoomControl: false,
    attributionControl: element.dataset["attribution"] !== undefined,
    scrollWheelZoom: false,
    zoomSnap: 0.25,
    zoomAnimation: !still,
    fadeAnimation: !still,
    markerZoomAnimation: !still,
  });
  map.attributionControl?.setPrefix(false);
  L.control
    .zoom({ zoomInTitle: element.dataset["zoomIn"] ?? "+", zoomOutTitle: element.dataset["zoomOut"] ?? "−" })
    .addTo(map);
  const tiles = element.dataset["tiles"];
  if (tiles) {
    L.tileLayer(tiles, { attribution: asText(element.dataset["attribution"] ?? ""), maxZoom: 19 }).addTo(map);
  }

  return { map, shapes };
}

/** Moves the map to its shapes, leaving a small margin. */
export function fit(map: L.Map, layer: L.FeatureGroup): void {
  const bounds = layer.getBounds();
  if (bounds.isValid()) {
    map.fitBounds(bounds, { padding: [12, 12], maxZoom: 16 });
  } else {
    map.setView([0, 0], 2);
  }
}

export function nameOf(feature: Feature): string {
  return String(feature.properties?.["name"] ?? "");
}

export function idOf(feature: Feature): string {
  return String(feature.id ?? feature.properties?.["id"] ?? "");
}

async function loadShapes(url: string): Promise<FeatureCollection> {
  const response = await fetch(url, { headers: { accept: "application/geo+json, application/json" } });
  if (!response.ok) {
    throw new Error(`${url} answered ${response.status}`);
  }

  return (await response.json()) as FeatureCollection;
}

/** Leaflet takes an attribution as HTML; ours is words. */
function asText(words: string): string {
  const span = document.createElement("span");
  span.textContent = words;
  return span.innerHTML;
}
