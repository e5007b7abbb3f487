import { notFound } from "next/navigation";
import { cache } from "react";
import { type CardSight, lookAtCard } from "@/lib/households/look-at-card.ts";
import { web } from "@/lib/web.ts";
import { listAny } from "../_frame/write.ts";

/** The card with this secret, looked at once a request. Looking does not use it: a mail program may do so too. */
export const sightOf = cache(async (token: string): Promise<CardSight> => {
  const sight = await lookAtCard(web().world, token);
  return sight ?? notFound();
});

/** Whom the holder of a card asks and tells: a child each of its parents, anybody else whoever runs the home. */
export const askedOf = ({ child, owner, parents }: CardSight): string => (child ? listAny(parents) : owner);
