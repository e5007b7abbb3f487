import { stopToken } from "@/lib/households/tell-of-leave.ts";
import { codeUntil } from "@/lib/tenants/leave-rules.ts";
import type { Filling } from "./compose.ts";
import type { LetterTools } from "./letter-tools.ts";

/** A name on its way elsewhere; undefined where what the letter says is over. Whoever stopped it still hears that it was asked for. */
export async function leaveLetter(
  tools: LetterTools,
  kind: "leave-asked" | "leave-ready" | "leave-stopped" | "name-left",
  leaveId: string,
): Promise<Filling | undefined> {
  const { db, webUrl, linkKey, day, time } = tools;
  const leave = await db.nameLeave.findUnique({ where: { id: leaveId }, include: { tenant: true } });
  if (!leave) return undefined;
  const { askedAt, waitsUntil, givenAt, endedAt, open, tag } = leave;
  const { name } = leave.tenant;
  const page = { name, link: `${webUrl}/home/${name}/leave` };
  switch (kind) {
    case "leave-asked":
      return {
        ...{ name, date: day(askedAt), time: time(askedAt), until: day(waitsUntil), untilTime: time(waitsUntil) },
        link: `${webUrl}/leave/${stopToken(linkKey, leaveId)}`,
      };
    case "leave-ready":
      if (!open || !givenAt) return undefined;
      return tag ? { ...page, as: "leave-ready-tag", tag } : { ...page, until: day(codeUntil(givenAt)) };
    case "leave-stopped":
      return endedAt ? { ...page, date: day(endedAt), time: time(endedAt) } : undefined;
    case "name-left":
      return endedAt ? { ...page, date: day(endedAt) } : undefined;
  }
}
