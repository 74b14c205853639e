import { TrusteeOffice } from "./trustee-office.js";
import type { TrusteeRequest } from "./trustee-protocol.js";

// The library of worker types contradicts that of pages, which the other modules need.
const scope = self as unknown as { onmessage: ((event: MessageEvent<TrusteeRequest>) => void) | null; postMessage(message: unknown): void };
const office = new TrusteeOffice();

scope.onmessage = ({ data }) => {
  void office.handle(data, (answer) => scope.postMessage(answer));
};
