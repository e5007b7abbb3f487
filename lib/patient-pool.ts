import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

/** As long as PostgreSQL takes to start again, after a crash too; whoever waits for a page waits no longer than this. */
export const patienceMs = 5000;
const pauseMs = 100;

type Connected = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  done: (release?: unknown) => void,
) => void;

/**
 * Connections that wait for the database while it is started again. A connection that could not be made has done nothing,
 * so it is safe to try again; a statement whose connection is cut off is not, and fails.
 */
export class PatientPool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>;
  override connect(connected: Connected): void;
  override connect(connected?: Connected): Promise<pg.PoolClient> | undefined {
    const client = this.#patiently();
    if (!connected) return client;
    client.then(
      (one) => connected(undefined, one, (release) => one.release(release as Error | boolean)),
      (error: Error) => connected(error, undefined, () => undefined),
    );
    return undefined;
  }

  async #patiently(): Promise<pg.PoolClient> {
    for (let waitedMs = 0; ; waitedMs += pauseMs) {
      try {
        return await super.connect();
      } catch (error) {
        if (this.ending || waitedMs >= patienceMs || !mayPass(error)) throw error;
        await sleep(pauseMs);
      }
    }
  }
}

/** A wrong password or a missing database will be wrong again: classes 28 and 3D of PostgreSQL's codes. */
const mayPass = (error: unknown): boolean => !/^(28|3D)/.test(String((error as { code?: unknown }).code ?? ""));
