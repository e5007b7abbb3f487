import { z } from "zod";

const shape = z.email().max(254);

/** Whether a text can be an e-mail address. 254 letters is what a mail server takes. */
export const isEmail = (text: string): boolean => shape.safeParse(text).success;

/** Whether it is an address at the very name that does not work yet. */
export const isEmailAt = (text: string, name: string): boolean => {
  const host = text.toLowerCase().split("@").at(-1) ?? "";
  return host === name || host.endsWith(`.${name}`);
};
