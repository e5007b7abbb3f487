import { notFound } from "next/navigation";
import { cache } from "react";
import { lookAtOffer, type OfferSight } from "@/lib/households/look-at-offer.ts";
import { web } from "@/lib/web.ts";

/** What the link with this secret is about, looked at once a request. Looking uses nothing up: a mail program may do so too. */
export const offerOf = cache(
  async (token: string): Promise<OfferSight> => (await lookAtOffer(web().world, token)) ?? notFound(),
);
