import { getTranslations } from "next-intl/server";
import { More } from "@/components/more.tsx";
import { Stack } from "@/components/stack.tsx";
import { Table } from "@/components/table.tsx";
import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { measureSpeed, type SpeedOfDay } from "@/lib/staff/measure-speed.ts";
import { web } from "@/lib/web.ts";
import { dayOfYear } from "../../_frame/write.ts";
import { Plot } from "./plot.tsx";

/** So that a few seconds more or less look like what they are. */
const leastSeconds = 30;

/** How long families waited, by day: the median and the slow end. */
export async function SpeedCard({ who }: { who: SignedIn }) {
  const t = await getTranslations("staff.speed");
  const days = await measureSpeed(web().world, who);
  const last = days.at(-1);
  return (
    <Stack as="section" gap={2} className="card" labelledBy="speed">
      <h2 id="speed">{t("heading")}</h2>
      {last ? <Measured days={days} last={last} /> : <p className="small muted">{t("none")}</p>}
    </Stack>
  );
}

async function Measured({ days, last }: { days: readonly SpeedOfDay[]; last: SpeedOfDay }) {
  const t = await getTranslations("staff.speed");
  const [medians, slow] = [days.map((one) => one.median), days.map((one) => one.p95)];
  const round = Math.round;
  const label = t("label", {
    low: round(Math.min(...medians)),
    high: round(Math.max(...medians)),
    median: round(last.median),
    p95Low: round(Math.min(...slow)),
    p95High: round(Math.max(...slow)),
    p95: round(last.p95),
  });
  const shown = (iso: string): string => dayOfYear(new Date(iso));
  return (
    <>
      <Plot
        label={label}
        points={days.map((one) => [one.median, one.p95])}
        least={leastSeconds}
        begin={shown(days[0]?.day ?? last.day)}
        end={shown(last.day)}
        keys={[t("median", { n: round(last.median) }), t("p95", { n: round(last.p95) })]}
      />
      <More summary={t("table")}>
        <Table
          label={t("table")}
          short
          head={[
            { text: t("day") },
            { text: t("homes"), right: true },
            { text: t("medianHead"), right: true },
            { text: t("p95Head"), right: true },
          ]}
          rows={[...days].reverse().map((one) => ({
            key: one.day,
            cells: [shown(one.day), one.homes, round(one.median), round(one.p95)],
          }))}
        />
      </More>
    </>
  );
}
