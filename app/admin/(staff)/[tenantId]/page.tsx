import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { describeFamily, type FamilyView } from "@/lib/staff/describe-family.ts";
import { web } from "@/lib/web.ts";
import { titled } from "../../../_frame/titled.ts";
import { one, type Query } from "../../../start/_wizard/note.tsx";
import { FamilyPage } from "../../_parts/family-page.tsx";
import { readFilter } from "../../_parts/read-filter.ts";
import { found, staffHere } from "../../_parts/staff-here.ts";

interface PageProps {
  readonly params: Promise<{ readonly tenantId: string }>;
  readonly searchParams: Query;
}

const familyOf = cache(async (tenantId: string, show: string): Promise<FamilyView> => {
  const { who } = await staffHere();
  return found(describeFamily(web().world, who, { tenantId }, readFilter(show)));
});

export async function generateMetadata({ params, searchParams }: PageProps): Promise<Metadata> {
  const family = await familyOf((await params).tenantId, one((await searchParams)["show"]));
  return titled((await getTranslations("staff"))("titled", { title: family.name ?? "" }));
}

export default async function TenantPage({ params, searchParams }: PageProps) {
  const show = one((await searchParams)["show"]);
  return <FamilyPage family={await familyOf((await params).tenantId, show)} filter={readFilter(show)} />;
}
