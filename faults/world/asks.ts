import { Unreachable } from "@/lib/errors.ts";
import type { HomeAsk, HomeAsks } from "@/lib/provisioning/ports.ts";
import type { VirtualClock } from "./clock.ts";
import type { HomeHappening, Homes } from "./homes.ts";

/** A question as a home's database has it. Times are ISO. */
export interface Asked extends Omit<HomeAsk, "askedAt" | "doneAt"> {
  readonly name: string;
  readonly askedAt: string;
  readonly doneAt: string | null;
}

const vendor = { vendor: "Synapse", call: "questions to parents" };

/** Questions to parents, kept and answered as the module of a real home does it (workers/homeserver/nameplate_rules). */
export class Asks implements HomeAsks {
  readonly all: Asked[] = [];
  readonly #clock: VirtualClock;
  readonly #homes: Homes;

  constructor(clock: VirtualClock, homes: Homes) {
    this.#clock = clock;
    this.#homes = homes;
  }

  /** Somebody elsewhere invites a child. Again in the same room, it is the same question. */
  invite(name: string, asked: Pick<HomeAsk, "child" | "who" | "room">): void {
    const same = ({ child, who, room }: Asked) => child === asked.child && who === asked.who && room === asked.room;
    if (this.all.some((one) => one.name === name && same(one))) return;
    const fresh = { kind: "invited", roomName: null, answer: null, doneAt: null } as const;
    this.all.push({ ...fresh, ...asked, name, askedAt: this.#clock.now().toISOString() });
    this.#note("asked", name, asked);
  }

  async list(name: string, sleeping: "wake" | "leave"): Promise<readonly HomeAsk[] | undefined> {
    if ((await this.#homes.state(name))?.state !== "running") {
      if (sleeping === "leave") return undefined;
      throw new Unreachable("The home does not answer", vendor);
    }
    return this.all
      .filter((one) => one.name === name)
      .map(({ name: _, askedAt, doneAt, ...same }) => ({
        ...same,
        askedAt: new Date(askedAt),
        doneAt: doneAt === null ? null : new Date(doneAt),
      }));
  }

  async answer(name: string, { child, who, answer }: Parameters<HomeAsks["answer"]>[1]): Promise<void> {
    const home = await this.#homes.state(name);
    if (home?.state !== "running") throw new Unreachable("The home does not answer", vendor);
    const household = home.household as { children: { who: string; contacts: { people: string[] } }[] } | null;
    const contacts = household?.children.find((one) => one.who === child)?.contacts;
    if (answer === "allow" && !contacts?.people.includes(who))
      throw new Unreachable("The rules do not allow this person yet", vendor, "none");
    for (const [nth, ask] of this.all.entries()) {
      if (ask.name !== name || ask.child !== child || ask.who !== who) continue;
      const isIn = answer === "allow" && ask.doneAt === null;
      this.all[nth] = { ...ask, answer, doneAt: isIn ? this.#clock.now().toISOString() : ask.doneAt };
      this.#note("answered", name, { child, who, room: ask.room, answer });
      if (isIn) this.#note("let-in", name, { child, who, room: ask.room });
    }
  }

  #note(kind: HomeHappening["kind"], name: string, detail: object): void {
    this.#homes.ledger.push({ at: this.#clock.now().toISOString(), kind, name, detail: JSON.stringify(detail) });
  }
}
