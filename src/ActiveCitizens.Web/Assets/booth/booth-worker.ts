import { Booth } from "./booth.js";
import type { BoothRequest } from "./worker-protocol.js";

// The library of worker types contradicts that of pages, which the other modules need.
const scope = self as unknown as { onmessage: ((event: MessageEvent<BoothRequest>) => void) | null; postMessage(message: unknown): void };
const booth = new Booth();

scope.onmessage = ({ data }) => {
  booth.handle(data, (answer) => scope.postMessage(answer));
};
