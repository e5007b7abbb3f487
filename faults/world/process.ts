import type { Db, Tx } from "@/lib/db.ts";
import type { Baton } from "./baton.ts";

/** The process was killed: nothing of it happens any more. */
export class Killed extends Error {
  override readonly name = "Killed";
}

/** A place where something can befall a process: just before or just after a call to a vendor or a statement. */
export interface Point {
  readonly kind: "call" | "statement";
  /** `registrar.register`, `attempt.create`, `$transaction`. */
  readonly name: string;
  readonly moment: "before" | "after";
  /** What it was given. */
  readonly given?: readonly unknown[];
}

/** What befalls processes in one case. May kill the process, throw in its place, or let time pass. */
export type Fate = (point: Point, process: Process) => Promise<void>;

/** One of ours: the web, or a worker. All it does passes through here, so that it can be killed anywhere. */
export class Process {
  readonly name: string;
  readonly db: Db;
  readonly #baton: Baton;
  readonly #fate: () => Fate;
  #alive = true;
  #still: Promise<void> | undefined;

  constructor(name: string, baton: Baton, db: Db, fate: () => Fate) {
    this.name = name;
    this.#baton = baton;
    this.#fate = fate;
    this.db = this.#guarded(db);
  }

  get alive(): boolean {
    return this.#alive;
  }

  kill(): void {
    this.#alive = false;
  }

  /** Nothing of it goes on until `others` are done, as on a machine that was suspended: it keeps no lease either. */
  async standStill(others: () => Promise<void>): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#still = promise;
    try {
      await others();
    } finally {
      this.#still = undefined;
      resolve();
    }
  }

  /** A vendor's port, each call of which is a point where something can happen. */
  port<T extends object>(name: string, port: T): T {
    return new Proxy(port, {
      get: (target, key) => {
        const value: unknown = Reflect.get(target, key);
        if (typeof value !== "function" || typeof key !== "string") return value;
        return (...given: unknown[]) =>
          this.#unit("call", `${name}.${key}`, async () => value.apply(target, given), given);
      },
    });
  }

  async #unit<T>(
    kind: Point["kind"],
    name: string,
    work: () => Promise<T>,
    given: readonly unknown[] = [],
  ): Promise<T> {
    // Whoever is in the middle of a transaction ends it: the others would wait for it for ever.
    if (!this.#baton.isInside) await this.#still;
    const done = await this.#baton.run(async () => {
      await this.#meet({ kind, name, moment: "before", given });
      return work();
    });
    // Outside the unit: whoever is held here lets others go on.
    await this.#meet({ kind, name, moment: "after", given });
    return done;
  }

  async #meet(point: Point): Promise<void> {
    if (this.#alive) await this.#fate()(point, this);
    if (!this.#alive) throw new Killed(`${this.name} was killed ${point.moment} ${point.name}`);
  }

  /** The database, each statement of which is a point; a transaction is one unit, so nobody else comes in between. */
  #guarded<T extends Tx>(client: T): T {
    return new Proxy(client, {
      get: (target, key) => {
        const value: unknown = Reflect.get(target, key);
        if (key === "$transaction") return this.#transaction(target as unknown as Db);
        if (key === "$queryRaw" || key === "$executeRaw")
          return (...given: unknown[]) =>
            this.#unit(
              "statement",
              key,
              async () => (value as typeof client.$queryRaw).apply(target, given as never),
              given,
            );
        return typeof value === "object" && value !== null && typeof key === "string" && !key.startsWith("$")
          ? this.#model(key, value)
          : value;
      },
    });
  }

  #model(model: string, delegate: object): object {
    return new Proxy(delegate, {
      get: (target, verb) => {
        const value: unknown = Reflect.get(target, verb);
        if (typeof value !== "function" || typeof verb !== "string") return value;
        return (...given: unknown[]) =>
          new Statement(
            () => value.apply(target, given) as Promise<unknown>,
            (make) => this.#unit("statement", `${model}.${verb}`, make, given),
          );
      },
    });
  }

  #transaction(client: Db) {
    type Work = (tx: Tx) => Promise<unknown>;
    const whole = client.$transaction.bind(client) as (work: unknown, options?: unknown) => Promise<unknown>;
    return (work: Work | Statement[], options?: unknown) =>
      this.#unit("statement", "$transaction", () =>
        typeof work === "function"
          ? whole((tx: Tx) => work(this.#guarded(tx)), { ...(options as object), ...patient })
          : whole(work.map((statement) => statement.plain())),
      );
  }
}

/** The driver goes by the real time: on a busy machine a transaction must not end for that, which no seed decides. In milliseconds. */
const patient = { timeout: 600_000, maxWait: 600_000 };

/** Prisma sends a statement only when it is waited for, and takes unsent ones as a list; so does this. */
class Statement implements PromiseLike<unknown> {
  readonly plain: () => Promise<unknown>;
  readonly #send: (make: () => Promise<unknown>) => Promise<unknown>;
  #sent: Promise<unknown> | undefined;

  constructor(plain: () => Promise<unknown>, send: (make: () => Promise<unknown>) => Promise<unknown>) {
    this.plain = plain;
    this.#send = send;
  }

  #promise(): Promise<unknown> {
    this.#sent ??= this.#send(async () => this.plain());
    return this.#sent;
  }

  // biome-ignore lint/suspicious/noThenProperty: it stands for a promise
  then<A, B>(
    done?: ((value: unknown) => A | PromiseLike<A>) | null,
    failed?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#promise().then(done, failed);
  }

  catch<B>(failed: (reason: unknown) => B | PromiseLike<B>): Promise<unknown> {
    return this.#promise().catch(failed);
  }

  finally(done: () => void): Promise<unknown> {
    return this.#promise().finally(done);
  }
}
