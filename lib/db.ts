import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "./generated/prisma/client.ts";
import { PatientPool, patienceMs } from "./patient-pool.ts";

export type Db = PrismaClient;
/** What a verb gets inside a transaction. */
export type Tx = Omit<PrismaClient, "$connect" | "$disconnect" | "$on" | "$use" | "$extends" | "$transaction">;

/** A transaction that waits for a connection, with this much more for others who wait before it. */
const maxWait = patienceMs + 1000;

/** How a connection calls a statement that it has PostgreSQL keep, from its text. */
type NameOfStatement = (statement: { readonly sql: string }) => string;

/**
 * Opens the product's database; `most` bounds the connections of this process. With names PostgreSQL keeps what it made of each
 * statement as long as the connection lasts: for whoever asks the same ones often and has no long life.
 */
export function openDb(url: string, most = 10, nameOf?: NameOfStatement): Db {
  const pool = new PatientPool({ connectionString: url, max: most });
  return new PrismaClient({
    adapter: new PrismaPg(pool, {
      disposeExternalPool: true,
      ...(nameOf ? { statementNameGenerator: nameOf } : {}),
    }),
    transactionOptions: { maxWait },
  });
}

/** Hears PostgreSQL's notifications, one connection a process however many people watch. */
export interface Listener {
  /**
   * Calls back with each payload until the returned function is called. An empty payload says that the connection was
   * made just now: anything may have been missed, so look.
   */
  on(channel: string, heard: (payload: string) => void): () => void;
}

/** A lost connection is made anew after this long; watchers also look by themselves. */
const reconnectMs = 1000;

export function openListener(url: string, onFault: (error: unknown) => void): Listener {
  const heard = new Map<string, Set<(payload: string) => void>>();
  let client: pg.Client | undefined;

  const connect = async (): Promise<void> => {
    const next = new pg.Client({ connectionString: url });
    const again = (error: unknown): void => {
      onFault(error);
      if (client === next) client = undefined;
      next.removeAllListeners("end");
      setTimeout(() => void connect().catch(again), reconnectMs).unref();
    };
    next.on("error", onFault);
    next.once("end", () => again(new Error("The connection for notifications ended")));
    next.on("notification", ({ channel, payload }) => {
      for (const call of heard.get(channel) ?? []) call(payload ?? "");
    });
    try {
      await next.connect();
      for (const channel of heard.keys()) await next.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
      client = next;
      for (const calls of heard.values()) for (const call of calls) call("");
    } catch (error) {
      again(error);
    }
  };
  void connect();

  return {
    on(channel, call) {
      const calls = heard.get(channel) ?? new Set();
      heard.set(channel, calls.add(call));
      if (calls.size === 1) client?.query(`LISTEN ${pg.escapeIdentifier(channel)}`).then(() => call(""), onFault);
      return () => void calls.delete(call);
    },
  };
}
