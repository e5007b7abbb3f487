import type { Clock } from "../../clock.ts";
import { unansweredSince } from "../ask-again.ts";
import type { Journal, OpenAttempt } from "../journal.ts";
import type { Change, Known, StepName } from "../step.ts";

export interface KeptAttempt {
  readonly id: string;
  readonly step: StepName;
  readonly change: Change;
  outcome: OpenAttempt["outcome"];
  detail: string | null;
  looks: number;
  lastLook: Date | null;
  startedAt: Date;
}

/** The journal's contract in memory, for the engine's own tests; journal.db.test.ts holds the real one to the same. */
export class MemoryJournal implements Journal {
  readonly attempts: KeptAttempt[] = [];
  readonly states = new Map<StepName, { state: string; code: string | undefined }>();
  readonly unanswered = new Map<StepName, Date>();
  known: { [N in StepName]?: unknown } = {};
  readonly #clock: Clock;
  constructor(clock: Clock) {
    this.#clock = clock;
  }
  storedKnown(): Known {
    return { ...this.known } as Known;
  }
  #once(step: StepName): KeptAttempt[] {
    return this.attempts.filter((one) => one.step === step && one.change.once);
  }
  async lastOnce(step: StepName): Promise<OpenAttempt | undefined> {
    const all = this.#once(step);
    const last = all.at(-1);
    return last && { ...last, givenUp: all.filter((one) => one.outcome === "given-up").length };
  }
  async begin(step: StepName, change: Change): Promise<string> {
    const id = `att_${this.attempts.length}`;
    this.attempts.push({
      id,
      step,
      change,
      outcome: "running",
      detail: null,
      looks: 0,
      lastLook: null,
      startedAt: this.#clock.now(),
    });
    return id;
  }
  #find(id: string): KeptAttempt {
    const found = this.attempts.find((one) => one.id === id);
    if (!found) throw new Error(`No attempt ${id}`);
    return found;
  }
  async end(id: string, outcome: KeptAttempt["outcome"], detail?: string): Promise<void> {
    Object.assign(this.#find(id), { outcome, detail: detail ?? null });
  }
  async countLook(id: string): Promise<void> {
    const found = this.#find(id);
    Object.assign(found, { looks: found.looks + 1, lastLook: this.#clock.now() });
  }
  async giveUp(id: string): Promise<void> {
    this.#find(id).outcome = "given-up";
  }
  async seen(step: StepName): Promise<void> {
    for (const one of this.#once(step))
      if (one.outcome !== "cleared" && one.outcome !== "not-done") one.outcome = "seen";
  }
  /** What a person on the staff does by "Try again". */
  clear(step: StepName): void {
    const aside: KeptAttempt["outcome"][] = ["refused", "given-up", "doubt", "running"];
    for (const one of this.#once(step)) if (aside.includes(one.outcome)) one.outcome = "cleared";
  }
  async record(step: StepName, finding: Parameters<Journal["record"]>[1]): Promise<void> {
    this.states.set(step, { state: finding.state, code: "reason" in finding ? finding.reason?.code : undefined });
    const since = unansweredSince(finding, this.unanswered.get(step) ?? null, this.#clock.now());
    if (since) this.unanswered.set(step, since);
    else this.unanswered.delete(step);
    if ("facts" in finding) this.known[step] = finding.facts;
  }
}
