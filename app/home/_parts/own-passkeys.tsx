import { getTranslations } from "next-intl/server";
import { Button } from "@/components/button.tsx";
import { Dialog } from "@/components/dialog.tsx";
import { rich } from "@/components/rich.tsx";
import { Stack } from "@/components/stack.tsx";
import { listPasskeys, type PasskeyView } from "@/lib/auth/list-passkeys.ts";
import { web } from "@/lib/web.ts";
import { day } from "../../_frame/write.ts";
import { removePasskeyAction } from "../actions.ts";
import { AddPasskey } from "./add-passkey.tsx";
import { mustBeSignedIn } from "./member.ts";

/** The passkeys of whoever is signed in: on the family page, and on the staff's own. */
export async function OwnPasskeys({ from = "home" }: { from?: "home" | "staff" }) {
  const [t, signIn] = [await getTranslations("signIn.passkeys"), await getTranslations("signIn")];
  const passkeys = await listPasskeys(web().world.db, await mustBeSignedIn());
  return (
    <Stack as="section" gap={3} labelledBy="passkeys">
      <h2 id="passkeys">{t("heading")}</h2>
      <p className="small muted">{t("text")}</p>
      {passkeys.length > 0 ? (
        <ul className="people card card--rows" aria-label={t("list")}>
          {passkeys.map((passkey) => (
            <Passkey key={passkey.id} passkey={passkey} from={from} />
          ))}
        </ul>
      ) : (
        <p>{t("none")}</p>
      )}
      <AddPasskey
        words={{
          button: t("add"),
          done: t("done"),
          unsupported: t("unsupported"),
          already: t("already"),
          title: signIn("passkeyTitle"),
          failed: signIn("passkeyFailed"),
        }}
      />
    </Stack>
  );
}

async function Passkey({ passkey, from }: { passkey: PasskeyView; from: string }) {
  const t = await getTranslations("signIn.passkeys");
  const form = `remove-${passkey.id}`;
  const date = passkey.addedAt ? day(new Date(passkey.addedAt)) : "";
  return (
    <li className="row row--between passkey">
      <div>
        <b>{passkey.keeper ?? t("one")}</b>
        <p className="small muted">{t("added", { date })}</p>
      </div>
      <Dialog
        open={{ label: t.rich("remove", { ...rich, date }), kind: "text" }}
        question={t("removeQuestion")}
        keep={t("removeNo")}
        act={
          <Button form={form} kind="danger">
            {t("removeYes")}
          </Button>
        }
      >
        <p>{t("removeText")}</p>
        <form id={form} action={removePasskeyAction}>
          <input type="hidden" name="passkey" value={passkey.id} />
          <input type="hidden" name="from" value={from} />
        </form>
      </Dialog>
    </li>
  );
}
