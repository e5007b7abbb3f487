import { appState } from "@/lib/auth/app-state.ts";
import { removeApp } from "@/lib/auth/remove-app.ts";
import { removePasskey } from "@/lib/auth/remove-passkey.ts";
import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { NameplateError } from "@/lib/errors.ts";
import { mayChangeWaysIn, type WaysInTools } from "./may-change-ways-in.ts";
import { isOnStaff } from "./staff-of.ts";

/** Takes one of their own passkeys away. */
export async function dropPasskey({ world }: Pick<WaysInTools, "world">, who: SignedIn, id: string): Promise<void> {
  await mayChangeWaysIn(world, who);
  await keepOne(world, who, (await appState(world.db, who)) === "set-up" ? 1 : 0);
  await removePasskey(world.db, who, id);
}

export async function dropApp({ world }: Pick<WaysInTools, "world">, who: SignedIn): Promise<void> {
  await mayChangeWaysIn(world, who);
  await keepOne(world, who, 1);
  await removeApp(world.db, who);
}

/** One of the staff keeps at least one way in, this one not counted: without any, only a new enrolment link would help. */
async function keepOne(world: WaysInTools["world"], who: SignedIn, apps: number): Promise<void> {
  if (!(await isOnStaff(world, who.userId))) return;
  const passkeys = await world.db.passkey.count({ where: { userId: who.userId } });
  if (passkeys + apps < 2) throw new NameplateError("bad-input", "The last way in", { key: "staff.you.errors.last" });
}
