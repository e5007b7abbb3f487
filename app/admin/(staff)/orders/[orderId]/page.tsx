import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { describeFamily, type FamilyView } from "@/lib/staff/describe-family.ts";
import { web } from "@/lib/web.ts";
import { titled } from "../../../../_frame/titled.ts";
import { one, type Query } from "../../../../start/_wizard/note.tsx";
import { FamilyPage } from "../../../_parts/family-page.tsx";
import { readFilter } from "../../../_parts/read-filter.ts";
import { found, staffHere } from "../../../_parts/staff-here.ts";

interface PageProps {
  readonly params: Promise<{ readonly orderId: string }>;
  readonly searchParams: Query;
}

const orderOf = cache(async (orderId: string, show: string): Promise<FamilyView> => {
  const { who } = await staffHere();
  return found(describeFamily(web().world, who, { orderId }, readFilter(show)));
});

export async function generateMetadata({ params, searchParams }: PageProps): Promise<Metadata> {
  const order = await orderOf((await params).orderId, one((await searchParams)["show"]));
  return titled((await getTranslations("staff"))("titled", { title: order.name ?? `NP-${order.number}` }));
}

/** An order that has no home. One that has is shown with it. */
export default async function OrderPage({ params, searchParams }: PageProps) {
  const show = one((await searchParams)["show"]);
  const order = await orderOf((await params).orderId, show);
  if (order.tenant) redirect(`/admin/${order.tenant.id}`);
  return <FamilyPage family={order} filter={readFilter(show)} />;
}
