import { APIError } from "better-auth/api";
import { NameplateError } from "@/lib/errors.ts";
import type { World } from "@/lib/world.ts";
import { claimLink } from "./claim-link.ts";
import { cookiesOf, type SetCookies } from "./cookies.ts";
import type { Auth } from "./open-auth.ts";

/** The button was pressed: the link is used up and a session begins. The first time makes the account. */
export async function consumeLink(
  auth: Auth,
  world: Pick<World, "db" | "clock">,
  token: string,
): Promise<{ cookies: SetCookies; userId: string }> {
  await claimLink(world.db, world, "sign-in", token);
  try {
    const { headers, response } = await auth.api.magicLinkVerify({
      query: { token },
      headers: new Headers(),
      returnHeaders: true,
    });
    return { cookies: cookiesOf(headers), userId: response.user.id };
  } catch (error) {
    // The library's own ten minutes were over in the same second.
    if (!(error instanceof APIError)) throw error;
    throw new NameplateError("changed-meanwhile", "The link ran out", { key: "signIn.link.ran-out" }, { cause: error });
  }
}
