import type { Stage } from "./case.ts";
import type { Journey } from "./journeys.ts";
import { tell } from "./tell.ts";
import type { Database } from "./world/database.ts";
import { Life } from "./world/life.ts";
import { SimWorld } from "./world/world.ts";

/** How things ended, without times and ids: what became of orders, homes and money, and what people were written. */
const question = `
SELECT json_build_object(
  'orders', (SELECT json_agg(json_build_array(o.name, o.state, o."paidMinor", o."lostReason") ORDER BY o.name, o.state) FROM "Order" o),
  'homes', (SELECT json_agg(json_build_array(t.name, t.want, t."readyAt" IS NOT NULL, (
      SELECT json_agg(json_build_array(s.step, s.want, s.state) ORDER BY s.step) FROM "StepState" s WHERE s."tenantId" = t.id
    )) ORDER BY t.name, t."createdAt") FROM "Tenant" t),
  'refunds', (SELECT json_agg(json_build_array(split_part(r.cause, ':', 1), r.state, r.minor) ORDER BY r.cause, r.state) FROM "Refund" r),
  'letters', (SELECT json_agg(split_part(m.cause, ':', 1) ORDER BY split_part(m.cause, ':', 1)) FROM "Mail" m WHERE m."sentAt" IS NOT NULL)
)::text AS ending`;

export async function endingOf({ db }: Database): Promise<string> {
  const rows = await db.$queryRawUnsafe<{ ending: string }[]>(question);
  return rows[0]?.ending ?? "";
}

/** How each journey ends with nothing going wrong: tried once in a process. */
const wanted = new Map<Journey, string>();

/** `rest` lets everything come to its end, as after a case. */
export async function wantedEnding(
  database: Database,
  journey: Journey,
  rest: (stage: Stage) => Promise<void>,
): Promise<string> {
  const known = wanted.get(journey);
  if (known !== undefined) return known;
  await database.empty();
  const world = new SimWorld(database, `wanted ${journey.name}`);
  const stage: Stage = { world, life: new Life(world), note: () => undefined };
  try {
    await tell(stage, journey);
    await rest(stage);
    const ending = await endingOf(database);
    wanted.set(journey, ending);
    return ending;
  } finally {
    await world.close();
  }
}
