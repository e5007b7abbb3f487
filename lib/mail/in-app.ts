import type { Post } from "./transport.ts";

/** Whether a letter goes into somebody's own Matrix app: it is addressed to `@part:name`. */
export const isInApp = (to: string): boolean => to.startsWith("@");

/** The home of an address of a Matrix app; undefined for a mailbox. */
export const homeOfAddress = (to: string): string | undefined =>
  isInApp(to) && to.includes(":") ? to.slice(to.indexOf(":") + 1) : undefined;

/** Each letter by the way of its address. */
export const byAddress = ({ mailbox, app }: { readonly mailbox: Post; readonly app: Post }): Post => ({
  send: (letter) => (isInApp(letter.to) ? app : mailbox).send(letter),
});
