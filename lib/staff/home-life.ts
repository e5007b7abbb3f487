import type { Db } from "@/lib/db.ts";
import type { Tenant } from "@/lib/generated/prisma/client.ts";

/** What our own looks know of a home, told without any of what people do there. Times are ISO. */
export interface HomeLife {
  /** When the name was registered for them, and until when it is. */
  readonly registeredAt: string | null;
  readonly registeredUntil: string | null;
  /** When it was first seen from outside, and last. */
  readonly firstSeenAt: string | null;
  readonly lastSeenAt: string | null;
  /** When its owner came in with the card that we handed out. */
  readonly ownerCameAt: string | null;
}

export async function homeLife(db: Db, { id, readyAt, handedOverAt }: Tenant): Promise<HomeLife> {
  const bought = await db.attempt.findFirst({
    where: { tenantId: id, step: "domain", once: true, outcome: "seen" },
    orderBy: { startedAt: "asc" },
  });
  const steps = await db.stepState.findMany({ where: { tenantId: id, step: { in: ["domain", "seen-from-outside"] } } });
  const domain = steps.find(({ step }) => step === "domain");
  const seen = steps.find(({ step, state }) => step === "seen-from-outside" && state === "settled");
  return {
    registeredAt: bought?.startedAt.toISOString() ?? null,
    registeredUntil: (domain?.facts as { registeredUntil?: string | null } | null)?.registeredUntil ?? null,
    firstSeenAt: readyAt?.toISOString() ?? null,
    lastSeenAt: seen?.lookedAt.toISOString() ?? null,
    ownerCameAt: handedOverAt?.toISOString() ?? null,
  };
}
