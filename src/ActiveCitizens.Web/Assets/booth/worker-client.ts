/** Something a worker could not do because of a bug, or because the browser lacks something. */
export interface Failure {
  readonly kind: "failed";
  /** For a technician. */
  readonly detail: string;
}

interface Request {
  readonly id: number;
  readonly type: string;
}

interface Answer {
  readonly id: number;
  readonly type: string;
}

export type Progress = (done: number, total: number) => void;

/** What is needed of a Worker. */
export interface WorkerPort<Q extends Request, A extends Answer> {
  postMessage(message: Q): void;
  addEventListener(type: "message", listener: (event: MessageEvent<A>) => void): void;
  addEventListener(type: "error" | "messageerror", listener: () => void): void;
}

type WithoutId<Q> = Q extends Request ? Omit<Q, "id"> : never;
type Ordinary<A extends Answer> = Exclude<A, { type: "progress" | "refused" }>;
type RefusalOf<A extends Answer> = Extract<A, { type: "refused" }> extends { refusal: infer R } ? R | Failure : Failure;

/** A page's side of a worker that answers every request once, after any number of progress messages. */
export class WorkerClient<Q extends Request, A extends Answer> {
  private readonly waiting = new Map<number, { settle: (answer: A | Failure) => void; progress: Progress | undefined }>();
  private next = 1;
  private broken: Failure | undefined;

  /** @param error Makes what a call is rejected with. */
  constructor(private readonly port: WorkerPort<Q, A>, private readonly error: (refusal: RefusalOf<A>) => Error) {
    port.addEventListener("message", ({ data }) => {
      const asked = this.waiting.get(data.id);
      if (data.type === "progress") {
        const { done, total } = data as A & { done: number; total: number };
        asked?.progress?.(done, total);
        return;
      }
      this.waiting.delete(data.id);
      asked?.settle(data);
    });
    const fail = (): void => {
      this.broken = { kind: "failed", detail: "the worker stopped" };
      for (const asked of this.waiting.values()) {
        asked.settle(this.broken);
      }
      this.waiting.clear();
    };
    port.addEventListener("error", fail);
    port.addEventListener("messageerror", fail);
  }

  /** Always settles: with the answer expected, or rejected with what the worker refused. */
  ask<T extends Ordinary<A>["type"]>(body: WithoutId<Q>, expected: T, progress?: Progress): Promise<Extract<A, { type: T }>> {
    const id = this.next++;
    return new Promise((resolve, reject) => {
      const settle = (answer: A | Failure): void => {
        if (!("type" in answer)) {
          reject(this.error(answer as RefusalOf<A>));
        } else if (answer.type === expected) {
          resolve(answer as Extract<A, { type: T }>);
        } else {
          const { refusal } = answer as { refusal?: RefusalOf<A> };
          reject(this.error(refusal ?? { kind: "failed", detail: `the worker answered ${answer.type}` } as RefusalOf<A>));
        }
      };
      if (this.broken !== undefined) {
        settle(this.broken);
        return;
      }
      this.waiting.set(id, { settle, progress });
      this.port.postMessage({ id, ...body } as unknown as Q);
    });
  }
}

/**
 * Starts a worker from a file that has the published fingerprint, which a plain Worker cannot check. The page's policy
 * must allow `worker-src blob:`; the worker then obeys the page's policy.
 * @param integrity As in manifest.json: sha384- and base64.
 * @throws Error when the file cannot be had or is another one.
 */
export async function startWorker(address: string, integrity: string): Promise<Worker> {
  const response = await fetch(address, { integrity, credentials: "omit" });
  if (!response.ok) {
    throw new Error(`the worker's file was not delivered: ${response.status}`);
  }
  return new Worker(URL.createObjectURL(new Blob([await response.arrayBuffer()], { type: "text/javascript" })));
}
