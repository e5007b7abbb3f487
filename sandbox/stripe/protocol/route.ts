import type { z } from "zod";
import type { State } from "../state/state.ts";
import type { Work } from "../state/work.ts";
import type { ApiError } from "./errors.ts";

export interface Ask<P> {
  readonly work: Work;
  readonly state: State;
  readonly params: P;
  /** The id in the path, where there is one. */
  readonly id: string;
}

/** One call of the API. */
export interface Route {
  readonly method: "DELETE" | "GET" | "POST";
  readonly path: string;
  /** The SDK's name for it, by which a fault is planned: `checkout.sessions.create`. */
  readonly call: string;
  /** Stripe's name for the permission it needs. */
  readonly permission: string;
  /** The restricted key may do this as well. */
  readonly web: boolean;
  /** Nothing it makes on the way is kept. */
  readonly dry: boolean;
  readonly params: z.ZodObject;
  /** The answer before expansion; an error that is returned (not thrown) stands beside what was done. */
  run(ask: Ask<unknown>): object | ApiError;
}

interface Written<S extends z.ZodObject> {
  readonly method: Route["method"];
  readonly path: string;
  readonly call: string;
  readonly permission: string;
  readonly web?: true;
  readonly dry?: true;
  readonly params: S;
  run(ask: Ask<z.output<S>>): object | ApiError;
}

/** Ties a route's parameters to its schema; `mount` reads them with that schema before it runs the route. */
export const route = <S extends z.ZodObject>(written: Written<S>): Route => ({
  ...written,
  web: written.web ?? false,
  dry: written.dry ?? false,
  run: (ask) => written.run(ask as Ask<z.output<S>>),
});
