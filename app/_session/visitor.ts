import { headers } from "next/headers";
import { cache } from "react";
import { type SignedIn, signedIn } from "@/lib/auth/signed-in.ts";
import { web } from "@/lib/web.ts";

/** Who is signed in in this browser, asked once a request. It allows nothing: each verb asks what is theirs. */
export const visitor = cache(
  async (): Promise<SignedIn | undefined> => signedIn(web().auth, web().world.clock, await headers()),
);
