import type { SignedIn } from "@/lib/auth/signed-in.ts";
import type { Money } from "@/lib/billing/money.ts";
import { quoteShape } from "@/lib/billing/quote.ts";
import type { Period } from "@/lib/billing/read-price-book.ts";
import { Prisma } from "@/lib/generated/prisma/client.ts";
import { deedShape } from "@/lib/tenants/read-tenant.ts";
import type { World } from "@/lib/world.ts";
import { type FamilyState, familyRows, familyStates, refundsOpen, stateOfRow, unsettled } from "./families-sql.ts";
import { staffOf } from "./staff-of.ts";

/** One line of the staff list. Times are ISO. */
export interface FamilyLine {
  readonly orderId: string;
  readonly number: number;
  /** Null for an order that has no home (yet, or any more). */
  readonly tenantId: string | null;
  readonly name: string | null;
  readonly owner: string;
  readonly email: string | null;
  readonly state: FamilyState;
  readonly step: string | null;
  readonly since: string;
  /** What each bill comes to. */
  readonly bill: { readonly sum: Money; readonly period: Period } | null;
  /** The step's reason in staff words; null while nothing needs telling. */
  readonly detail: string | null;
  readonly lookedAt: string | null;
}

export interface FamilyList {
  readonly lines: readonly FamilyLine[];
  /** There are more than are shown. */
  readonly more: boolean;
}

export interface FamilyQuery {
  /** Part of a name or e-mail, an order's number (`412`, `NP-0412`) or a receipt's. */
  readonly text: string;
  readonly show: FamilyState | "refunds" | undefined;
}

/** A page of them: more is not read, but searched. */
const most = 50;
/** Up to this state the one that waits longest comes first, after it the newest. */
const longestFirst = familyStates.indexOf("waiting");
/** Of a search or of everything that needs a person, so many are compared. */
const mostCompared = 1000;

/** Families and orders, those that need a person first. */
export async function listFamilies(
  world: Pick<World, "db" | "clock">,
  who: SignedIn | undefined,
  query: FamilyQuery,
): Promise<FamilyList> {
  await staffOf(world, who);
  const { show } = query;
  const wanted =
    show === undefined
      ? Prisma.empty
      : show === "refunds"
        ? Prisma.sql`WHERE "orderId" IN (${refundsOpen})`
        : Prisma.sql`WHERE "state" = ${familyStates.indexOf(show)}`;
  const rows = await world.db.$queryRaw<Row[]>`
    SELECT * FROM (
      SELECT o."id" AS "orderId", o."number", t."id" AS "tenantId", o."name", o."given", o."deed", o."quote", o."email",
        o."createdAt", w."step", w."severity", w."reason", w."changedAt", w."lookedAt", t."createdAt" AS "wantedAt",
        ${stateOfRow}::int AS "state"
      FROM ${familyRows} WHERE o."id" IN (${candidates(query)})
    ) AS families ${wanted}
    ORDER BY "state", CASE WHEN "state" <= ${longestFirst} THEN "changedAt" END ASC, "createdAt" DESC LIMIT ${most + 1}`;
  return { lines: rows.slice(0, most).map(lineOf), more: rows.length > most };
}

/** Which orders are compared. Found by indexes, so that the list costs the same with a hundred thousand families. */
function candidates({ text, show }: FamilyQuery): Prisma.Sql {
  const q = text.trim().toLowerCase().slice(0, 100);
  if (q !== "") return searched(q);
  const unready = Prisma.sql`SELECT t."orderId" FROM "Tenant" t WHERE t."readyAt" IS NULL AND t."want" = 'present'`;
  const troubled = Prisma.sql`SELECT t."orderId" FROM "StepState" s JOIN "Tenant" t ON t."id" = s."tenantId" WHERE ${unsettled}`;
  const money = Prisma.sql`SELECT o."id" FROM "Order" o WHERE o."state" IN ('lost', 'refunding') UNION ${refundsOpen}`;
  const newest = Prisma.sql`(SELECT t."orderId" FROM "Tenant" t WHERE t."want" = 'present' ORDER BY t."createdAt" DESC LIMIT ${mostCompared})`;
  return show === "settled"
    ? newest
    : Prisma.sql`(${unready} UNION ${troubled} UNION ${money} LIMIT ${mostCompared}) UNION ${newest}`;
}

function searched(q: string): Prisma.Sql {
  const part = `%${q.replaceAll(/[\\%_]/g, "\\$&")}%`;
  const number = /^(?:np-?)?0*(\d{1,9})$/.exec(q)?.[1];
  const byNumber = number
    ? Prisma.sql`UNION SELECT "id" FROM "Order" WHERE "number" = ${Number(number)}`
    : Prisma.empty;
  return Prisma.sql`(SELECT "id" FROM "Order" WHERE "name" ILIKE ${part} LIMIT ${mostCompared})
    UNION (SELECT "id" FROM "Order" WHERE "email" ILIKE ${part} LIMIT ${mostCompared})
    UNION (SELECT "id" FROM "Order" WHERE "payerEmail" ILIKE ${part} LIMIT ${mostCompared})
    UNION SELECT "id" FROM "Order" WHERE "receiptNumber" = ${q.toUpperCase()} ${byNumber}`;
}

interface Row {
  orderId: string;
  number: number;
  tenantId: string | null;
  name: string | null;
  given: string | null;
  deed: unknown;
  quote: unknown;
  email: string | null;
  createdAt: Date;
  wantedAt: Date | null;
  step: string | null;
  severity: number | null;
  reason: { detail?: string } | null;
  changedAt: Date | null;
  lookedAt: Date | null;
  state: number;
}

function lineOf(row: Row): FamilyLine {
  const deed = deedShape.safeParse(row.deed);
  const quote = quoteShape.safeParse(row.quote);
  const troubled = row.severity !== null && row.severity < 3;
  return {
    orderId: row.orderId,
    number: row.number,
    tenantId: row.tenantId,
    name: row.name,
    owner: deed.success ? deed.data.fullName : (row.given ?? ""),
    email: row.email,
    state: familyStates[row.state] ?? "over",
    step: troubled ? row.step : null,
    since: ((troubled ? row.changedAt : row.wantedAt) ?? row.createdAt).toISOString(),
    bill: quote.success ? { sum: quote.data.total, period: quote.data.period } : null,
    detail: troubled ? (row.reason?.detail ?? null) : null,
    lookedAt: row.lookedAt?.toISOString() ?? null,
  };
}
