import { notFound } from "next/navigation";
import { cache } from "react";
import { type ConsentView, describeConsents } from "@/lib/households/consent/describe-consents.ts";
import { web } from "@/lib/web.ts";
import { type OfHome, parentOf } from "../../../../_parts/member.ts";

/** The child of this home that an address or a form names; nobody else's is found. */
export const consentIn = cache(
  async (name: string, personId: string): Promise<{ readonly member: OfHome; readonly child: ConsentView }> => {
    const member = await parentOf(name);
    const child = (await describeConsents(web().world, member)).find((one) => one.personId === personId);
    return child ? { member, child } : notFound();
  },
);
