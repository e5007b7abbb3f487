import type { Mail } from "@/lib/generated/prisma/client.ts";
import type { World } from "@/lib/world.ts";
import { compose } from "./compose.ts";
import { letterTools } from "./letter-tools.ts";

/** Composes letters as the workers do, from a row of that kind with these values. */
export function testLetters({ db, linkKey }: Pick<World, "db" | "linkKey">) {
  const tools = letterTools({ db, webUrl: "https://n.test", linkKey, supportEmail: "help@n.test" });
  return (kind: string, values: unknown) =>
    compose(tools, { cause: `${kind}:1`, kind, to: "anna@post.example", values } as Mail);
}
