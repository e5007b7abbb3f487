import { getTranslations } from "next-intl/server";
import type { StaffStep } from "@/lib/staff/tenant-facts.ts";
import { wholeDay } from "./times.ts";

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const many = (value: unknown): number => (Array.isArray(value) ? value.length : typeof value === "number" ? value : 0);

/** What a step found, in one line of staff words. */
export async function finding(step: StaffStep): Promise<string> {
  const t = await getTranslations("staff.found");
  if (step.state === "none") return t("none");
  if (step.state === "running" || step.state === "changes") return t(step.state);
  return step.state === "settled" ? settled(step) : (step.detail ?? "");
}

async function settled({ name, facts }: StaffStep): Promise<string> {
  const t = await getTranslations("staff.found");
  switch (name) {
    case "domain": {
      if (facts["elsewhere"] === true) return t("domainElsewhere");
      const renew = t(facts["autoRenew"] === true ? "on" : "off");
      const until = text(facts["registeredUntil"]);
      return until ? t("domain", { date: wholeDay(until), renew }) : t("domainUndated", { renew });
    }
    case "zone":
      return t("zone", { id: text(facts["zoneId"]), n: many(facts["nameServers"]) });
    case "records":
      return t("records", { n: many(facts["count"]) });
    case "site":
      return t("site", { n: many(facts["pages"]) });
    case "homeserver":
      return t("homeserver", { key: text(facts["keyId"]), version: text(facts["version"]) });
    case "certificate":
      return t("certificate", { date: wholeDay(text(facts["validUntil"]) || null) });
    case "owner":
      return t("owner", { id: text(facts["userId"]) });
    case "seen-from-outside":
      return t("seen", { n: many(facts["checks"]) });
  }
}
