import type { Auth } from "./open-auth.ts";

/** Makes a sign-in link and sends it. Who may have one is decided before: this asks nobody. */
export async function sendLink(auth: Auth, email: string): Promise<void> {
  await auth.api.signInMagicLink({ body: { email }, headers: new Headers() });
}
