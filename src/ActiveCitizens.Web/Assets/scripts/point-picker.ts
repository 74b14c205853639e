import * as L from "leaflet";
import { fit, openMap } from "./city-map";

/** A point on the map, the map's centre, or the device's position goes into two inputs of the form around. */
export async function pointPicker(container: HTMLElement): Promise<void> {
  const element = container.querySelector<HTMLElement>(".map");
  const status = container.querySelector<HTMLElement>("[role=status]");
  const latitude = inputOf(element?.dataset["latitude"]);
  const longitude = inputOf(element?.dataset["longitude"]);
  if (element === null || status === null || latitude === null || longitude === null) {
    return;
  }

  container.hidden = false;
  const { map, shapes } = await openMap(element);
  const area = L.geoJSON(shapes, { interactive: false, filter: (shape) => shape.geometry.type !== "Point", style: () => ({ className: "map-area map-area--faint" }) }).addTo(map);
  fit(map, area);
  element.insertAdjacentHTML("beforeend", '<svg class="map-crosshair" viewBox="0 0 40 40" aria-hidden="true"><path d="M20 4v12M20 24v12M4 20h12M24 20h12"/></svg>');

  const point = L.circleMarker(map.getCenter(), { radius: 10, className: "map-point", interactive: false });
  const choose = (place: L.LatLng): void => {
    latitude.value = place.lat.toFixed(6);
    longitude.value = place.lng.toFixed(6);
    point.setLatLng(place).addTo(map);
    status.textContent = element.dataset["chosen"] ?? "";
    if (element.dataset["submit"] === "true") {
      latitude.form?.requestSubmit();
    }
  };

  const typed = [latitude, longitude].map((input) => Number.parseFloat(input.value.replace(",", ".")));
  if (typed[0] !== undefined && typed[1] !== undefined && typed.every(Number.isFinite)) {
    point.setLatLng([typed[0], typed[1]]).addTo(map);
  }

  map.on("click", (event) => choose(event.latlng));
  container.querySelector("[data-use=centre]")?.addEventListener("click", () => choose(map.getCenter()));
  container.querySelector("[data-use=position]")?.addEventListener("click", () => {
    const denied = (): void => {
      status.textContent = element.dataset["denied"] ?? "";
    };
    if (!navigator.geolocation) {
      denied();
      return;
    }

    navigator.geolocation.getCurrentPosition(
      ({ coords }) => choose(L.latLng(coords.latitude, coords.longitude)),
      denied,
      { enableHighAccuracy: true, timeout: 15_000 },
    );
  });
}

function inputOf(id: string | undefined): HTMLInputElement | null {
  const input = document.getElementById(id ?? "");
  return input instanceof HTMLInputElement ? input : null;
}
