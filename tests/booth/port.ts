import type { WorkerPort } from "../../src/ActiveCitizens.Web/Assets/booth/worker-client.js";

interface Message {
  readonly id: number;
  readonly type: string;
}

/** Messages that are copied and arrive later, as a worker's. */
export class Port<Q extends Message, A extends Message> implements WorkerPort<Q, A> {
  readonly failures: (() => void)[] = [];
  private readonly listeners: ((event: MessageEvent<A>) => void)[] = [];

  constructor(private readonly handle: (request: Q, answer: (answer: A) => void) => void) {}

  postMessage(message: Q): void {
    const copy = structuredClone(message);
    setImmediate(() => this.handle(copy, (answer) => this.listeners.forEach((listener) => listener({ data: structuredClone(answer) } as MessageEvent<A>))));
  }

  addEventListener(type: "message" | "error" | "messageerror", listener: ((event: MessageEvent<A>) => void) | (() => void)): void {
    if (type === "message") {
      this.listeners.push(listener);
    } else {
      this.failures.push(listener as () => void);
    }
  }
}
