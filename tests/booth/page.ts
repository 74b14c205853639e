// What a page of the site does with the booth, for a browser to run.
import { BoothError, startBooth } from "../../src/ActiveCitizens.Web/Assets/booth/booth-client.js";

Object.assign(globalThis, {
  async vote(address: string, integrity: string, election: string, credential: string, choices: number[][]): Promise<object> {
    try {
      const booth = await startBooth(address, integrity);
      const progress: number[] = [];
      const start = performance.now();
      await booth.prepare(new TextEncoder().encode(election));
      const prepared = performance.now();
      const { ballot, tracker } = await booth.encrypt(credential, choices, (done) => progress.push(done));
      const encrypted = performance.now();
      return { ballot, tracker, audit: await booth.audit(), steps: progress.length, preparing: prepared - start, encrypting: encrypted - prepared };
    } catch (e) {
      return e instanceof BoothError ? e.refusal : { kind: String(e) };
    }
  },
});
