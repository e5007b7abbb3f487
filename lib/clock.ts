/** The time, handed in by the composition roots so that tests and the sandbox can move it. */
export interface Clock {
  now(): Date;
  /** Resolves after `ms` milliseconds of this clock's time. */
  sleep(ms: number): Promise<void>;
}

export const systemClock: Clock = {
  now: () => new Date(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

export const secondsAfter = (from: Date, seconds: number): Date => new Date(from.getTime() + seconds * 1000);

export const daysAfter = (from: Date, days: number): Date => secondsAfter(from, days * 86_400);
