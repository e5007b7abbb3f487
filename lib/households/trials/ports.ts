import type { Attempt } from "./attempts.ts";

/** Whom the stranger tries to reach. */
export interface Aim {
  /** The whole Matrix id. */
  readonly id: string;
  readonly given: string;
  /** A device of the child's that has keys; null where no app of theirs has any. */
  readonly device: string | null;
}

/** What the stranger was told. What an attempt came to is not theirs to say: the child's home is asked, too. */
export interface Tried {
  /** Whether it was made: there was an answer, of the child's home where it asks that. */
  readonly made: boolean;
  /** The room that the child was asked into. */
  readonly room?: string;
  /** Whether the answer says something of the child. */
  readonly learned?: boolean;
}

/** A stranger of our own, with an app, at a home of ours that is no family's. Each method may be repeated. */
export interface Stranger {
  /** The name of that home. */
  readonly home: string;
  /** A new account moves in; its home is made where it is not there. */
  arrive(part: string): Promise<void>;
  /** One attempt, over the network as anybody's app makes it. */
  attempt(part: string, attempt: Attempt, aim: Aim): Promise<Tried>;
  /** The account and its rooms are removed. Nothing is to be done where there is none. */
  leave(part: string): Promise<void>;
}

export interface About {
  /** Local part of a child of that home. */
  readonly child: string;
  /** Matrix id of the stranger. */
  readonly who: string;
}

/** What a child's home says of one stranger, and nothing of anybody else. Rooms by their ids. */
export interface Testimony {
  /** The rules that it holds at this moment, as far as they are about somebody of no list; null where there is no such child. */
  readonly rules: HeldRules | null;
  /** Asked into, by an invite that came and was not answered. */
  readonly invited: readonly string[];
  /** Those of them that the child's app is shown. */
  readonly shown: readonly string[];
  readonly joined: readonly string[];
  /** Those about which the parents would be asked. */
  readonly asked: readonly string[];
  /** Messages between devices that came, by number. */
  readonly toDevices: { readonly passed: number; readonly keptOut: number };
  readonly device: string | null;
}
export interface HeldRules {
  readonly stranger: "ask" | "refuse" | "allow";
  readonly join: "contacts" | "any";
  readonly servers: readonly string[];
  readonly never: readonly string[];
}

/** The rules' own module in a child's home. */
export interface Witness {
  /** Wakes a home that sleeps. */
  tell(name: string, about: About): Promise<Testimony>;
  /** As if they had never come: no question, no invite, no room. May be repeated. */
  forget(name: string, about: About): Promise<void>;
}
