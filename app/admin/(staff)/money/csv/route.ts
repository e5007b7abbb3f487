import { httpStatus } from "@/lib/errors.ts";
import { moneyCsv } from "@/lib/staff/money-csv.ts";
import { reportMoney } from "@/lib/staff/report-money.ts";
import { web } from "@/lib/web.ts";
import { visitor } from "../../../../_session/visitor.ts";

/** The report for a spreadsheet. The verb asks who it is; to anybody else there is nothing. */
export async function GET(): Promise<Response> {
  try {
    const { world } = web();
    const csv = moneyCsv(await reportMoney(world, await visitor()));
    const day = world.clock.now().toISOString().slice(0, 10);
    return new Response(csv, {
      headers: {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": `attachment; filename="nameplate-money-${day}.csv"`,
        "X-Content-Type-Options": "nosniff",
      },
    });
  } catch (error) {
    return new Response(null, { status: httpStatus(error) });
  }
}
