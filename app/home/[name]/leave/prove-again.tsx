import { getTranslations } from "next-intl/server";
import { Button } from "@/components/button.tsx";
import { Notice } from "@/components/notice.tsx";
import { Stack } from "@/components/stack.tsx";
import { listPasskeys } from "@/lib/auth/list-passkeys.ts";
import { web } from "@/lib/web.ts";
import { PasskeyButton } from "../../../sign-in/passkey-button.tsx";
import { proveByLinkAction } from "./actions.ts";
import type { LeaveHere } from "./leaver.ts";

interface ProveAgainProps {
  readonly here: LeaveHere;
  /** The page to go on with: the leave's own, or its question. */
  readonly from: "leave" | "ask";
  /** A link was just sent. */
  readonly sent: boolean;
}

/** Asks whoever is signed in to show once more that it is them: by a passkey, or a link in their mailbox. */
export async function ProveAgain({ here: { who, leave }, from, sent }: ProveAgainProps) {
  const [t, signIn] = [await getTranslations("family.leave"), await getTranslations("signIn")];
  const passkeys = await listPasskeys(web().world.db, who);
  return (
    <Stack as="section" gap={3} className="card" labelledBy="prove">
      <h2 id="prove">{t("prove")}</h2>
      <p>{t("proveText")}</p>
      {sent ? (
        <Notice tone="brass" icon="mail" heading={t("proveSent", { mail: who.email })} level={3} status>
          <p>{t("proveSentText")}</p>
        </Notice>
      ) : null}
      {passkeys.length > 0 ? (
        <PasskeyButton
          aim="home"
          then={`/home/${leave.name}/leave${from === "ask" ? "/ask" : ""}`}
          words={{ button: t("provePasskey"), failed: signIn("passkeyFailed"), title: signIn("passkeyTitle") }}
        />
      ) : null}
      <form action={proveByLinkAction}>
        <input type="hidden" name="home" value={leave.name} />
        <input type="hidden" name="from" value={from} />
        <Button kind={passkeys.length > 0 ? "quiet" : "main"} wide>
          {t("proveLink")}
        </Button>
      </form>
    </Stack>
  );
}
