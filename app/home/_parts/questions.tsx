import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Button } from "@/components/button.tsx";
import { Notice } from "@/components/notice.tsx";
import { rich } from "@/components/rich.tsx";
import { Stack } from "@/components/stack.tsx";
import { type AskView, describeAsks } from "@/lib/households/asks/describe-asks.ts";
import { serverOf } from "@/lib/households/asks/question.ts";
import { web } from "@/lib/web.ts";
import { moment } from "../../_frame/write.ts";
import { answerAskAction } from "../[name]/asks/actions.ts";
import { parentOf } from "./member.ts";

/** The only sentences that an address may name. */
const words = ["decided", "server", "full", "often"] as const;

/** Who asks for a child of this home, and what was answered lately. Nothing where nobody asked. */
export async function Questions({ name, error }: { name: string; error: string }) {
  const t = await getTranslations("family.asks");
  const asks = await describeAsks(web().world, await parentOf(name));
  const word = words.find((one) => one === error);
  if (asks.length === 0 && !word) return null;
  return (
    <Stack as="section" gap={3} label={t("label")}>
      {word ? <Notice tone="wait" icon="info" heading={t(`errors.${word}`)} status /> : null}
      {asks.map((ask) => (
        <Question key={`${ask.personId} ${ask.who}`} name={name} ask={ask} />
      ))}
    </Stack>
  );
}

/** One card a question; what was decided for good is a sentence. */
async function Question({ name, ask }: { name: string; ask: AskView }) {
  const t = await getTranslations("family.asks");
  const now = web().world.clock.now();
  const { given, who: other, kind, answer, answeredAt, by } = ask;
  const decided =
    answer && answeredAt
      ? t(`was.${answer}`, { by: by === "" ? "none" : by, when: moment(new Date(answeredAt), now) })
      : null;
  return (
    <Notice tone={answer ? undefined : "brass"} icon="user-round" heading={t(`heading.${kind}`, { given, other })}>
      {decided ? <p>{decided}</p> : null}
      {answer === "allow" || answer === "never" ? (
        <p className="small muted">{t(`then.${answer}`, { given })}</p>
      ) : (
        <>
          <p>
            {t.rich(`asked.${kind}`, {
              ...rich,
              given,
              other,
              server: serverOf(other),
              when: moment(new Date(ask.askedAt), now),
            })}
          </p>
          <Rooms rooms={ask.rooms} />
          {ask.words ? <p>{t("says", { given, words: ask.words })}</p> : null}
          <p>{t("until")}</p>
          <Answers name={name} ask={ask} />
        </>
      )}
    </Notice>
  );
}

/** The names that whoever asks gave their rooms: their own words. */
async function Rooms({ rooms }: Pick<AskView, "rooms">) {
  const t = await getTranslations("family.asks");
  const named = rooms.flatMap((room) => room ?? []);
  if (named.length === 0) return null;
  return <p className="small muted">{t("rooms", { n: named.length, rooms: named.join(", ") })}</p>;
}

async function Answers({ name, ask: { personId, given, who, answer } }: { name: string; ask: AskView }) {
  const t = await getTranslations("family.asks");
  const about = { ...rich, given, other: who };
  return (
    <form action={answerAskAction} className="row">
      <input type="hidden" name="home" value={name} />
      <input type="hidden" name="person" value={personId} />
      <input type="hidden" name="who" value={who} />
      <input type="hidden" name="seen" value={answer ?? ""} />
      <Button small name="answer" value="allow">
        {t.rich("allow", about)}
      </Button>
      {answer === "later" ? null : (
        <Button small kind="quiet" name="answer" value="later">
          {t.rich("later", about)}
        </Button>
      )}
      <Button small kind="quiet" name="answer" value="never">
        {t.rich("never", about)}
      </Button>
      <Link className="small" href={`/home/${encodeURIComponent(name)}/report?who=${encodeURIComponent(who)}`}>
        {t("report", { other: who })}
      </Link>
    </form>
  );
}
