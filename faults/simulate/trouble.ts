import type { FaultKind } from "@/sandbox/shared/faults.ts";
import { type Random, textNumber } from "../world/baton.ts";
import type { HomeFault } from "../world/faulty.ts";
import { inOrder, type Life } from "../world/life.ts";
import type { Point, Process } from "../world/process.ts";
import type { SimWorld } from "../world/world.ts";

const wire: readonly FaultKind[] = [
  "refuse",
  "429",
  "500-before",
  "500-after",
  "timeout-before",
  "timeout-after",
  "malformed",
];
const ours: readonly HomeFault[] = ["429", "500-before", "500-after", "timeout-before", "timeout-after", "malformed"];
/**
 * So likely does a process end before a call, and as likely after it, whatever the seed: sixteen homes are looked at side by
 * side, and one that ends takes all sixteen looks with it. Ten times as many, and no life comes to its end.
 */
const killRate = 1 / 400;
const millisecond = 0.001;
/** Statements are many: so many times fewer of them are the last of a process. */
const statementsPerCall = 20;

/** Lets things go wrong in a world, each call with the same likelihood, until it is ended. */
export class Trouble {
  count = 0;
  /** A number for everything that was passed so far, in its order: two lives of one seed have the same. */
  print = 0;
  /** Hears of each point as it is passed, when somebody wants to compare two lives. */
  tell: ((line: string) => void) | undefined;
  readonly #world: SimWorld;
  readonly #life: Life;
  readonly #random: Random;
  readonly #rate: number;

  constructor(world: SimWorld, life: Life, random: Random, rate: number) {
    this.#world = world;
    this.#life = life;
    this.#random = random;
    this.#rate = rate;
    world.fate = async (point, process) => this.#befall(point, process);
    life.postman = async (events, deliver) => {
      const kept = events
        .filter(() => !this.#happens(rate))
        .flatMap((event) => (this.#happens(rate) ? [event, event] : [event]));
      await inOrder(this.#happens(rate) ? kept.toReversed() : kept, deliver);
      if (this.#happens(rate)) world.rung = [];
    };
  }

  end(): void {
    this.#world.fate = async () => undefined;
    this.#life.postman = inOrder;
  }

  #happens(likelihood: number): boolean {
    const so = this.#random() < likelihood;
    if (so) this.count += 1;
    return so;
  }

  #befall(point: Point, process: Process): void {
    // Rows of one moment come from the database in no order of their own: no two steps of a life are of one moment.
    this.#world.clock.pass(millisecond);
    const passed = `${process.name} ${point.moment} ${point.name}`;
    this.print = textNumber(`${this.print} ${passed}`);
    this.tell?.(
      `${passed} ${JSON.stringify(point.given, (_, value) => (typeof value === "bigint" ? `${value}` : value))}\n`,
    );
    if (point.kind === "statement") {
      if (this.#happens(killRate / statementsPerCall)) process.kill();
      return;
    }
    if (this.#happens(killRate)) process.kill();
    else if (point.moment === "before" && this.#happens(this.#rate)) this.#plan(point.name);
  }

  #plan(call: string): void {
    const { stripeFaults, cloudflareFaults } = this.#world.vendors;
    const pick = <T>(kinds: readonly T[]): T => kinds[Math.floor(this.#random() * kinds.length)] as T;
    const fault = { call: "*", kind: pick(wire), times: 1, ms: 0, skip: 0 };
    if (/^(desk|cashier)\./.test(call)) stripeFaults.plan(fault);
    else if (/^(registrar|dns|names)\./.test(call)) cloudflareFaults.plan(fault);
    else this.#world.homeFaults.set(call, [pick(ours)]);
  }
}
