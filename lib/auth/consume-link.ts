import { APIError } from "better-auth/api";
import { NameplateError } from "@/lib/errors.ts";
import type { World } from "@/lib/world.ts";
import { claimLink } from "./claim-link.ts";
import { cookiesOf, type SetCookies } from "./cookies.ts";
import type { Auth } from "./open-auth.ts";
import { forgetSession, type SignedIn, signedInFrom } from "./signed-in.ts";

/** Somebody who has just signed in, and the cookies that say so. */
export interface Begun {
  readonly who: SignedIn;
  readonly cookies: SetCookies;
}

/** The button was pressed: the link is used up and a session begins. The first time makes the account. */
export async function consumeLink(
  auth: Auth,
  world: Pick<World, "db" | "clock">,
  token: string,
  before?: SignedIn,
): Promise<Begun> {
  await claimLink(world.db, world, "sign-in", token);
  try {
    const { headers, response } = await auth.api.magicLinkVerify({
      query: { token },
      headers: new Headers(),
      returnHeaders: true,
    });
    await forgetSession(world.db, before);
    return { who: signedInFrom(response), cookies: cookiesOf(headers) };
  } catch (error) {
    // The library's own ten minutes were over in the same second.
    if (!(error instanceof APIError)) throw error;
    throw new NameplateError("changed-meanwhile", "The link ran out", { key: "signIn.link.ran-out" }, { cause: error });
  }
}
