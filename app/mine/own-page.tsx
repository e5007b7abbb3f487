import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Button } from "@/components/button.tsx";
import { ErrorSummary } from "@/components/error-summary.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import type { MineView } from "@/lib/households/mine/describe-mine.ts";
import { homeAddress } from "../_frame/home-address.ts";
import { listAny } from "../_frame/write.ts";
import { ChildsRights } from "../card/[token]/childs-rights.tsx";
import { ChildsRules } from "../card/[token]/childs-rules.tsx";
import { closeMineAction } from "./actions.ts";
import { ContactPage } from "./contact-page.tsx";
import { HouseHere } from "./house-here.tsx";
import { WishForm, wrongWish } from "./wish-form.tsx";
import { Wishes } from "./wishes.tsx";

interface OwnPageProps {
  readonly mine: MineView;
  readonly error: string;
  readonly asked: boolean;
}

/** What holds for whoever opened it, and what they can ask for. */
export async function OwnPage({ mine: { given, id, name, page, house, child }, error, asked }: OwnPageProps) {
  const [t, card] = [await getTranslations("mine"), await getTranslations("card")];
  const frame = await getTranslations("frame");
  const owner = listAny(child?.parents ?? []);
  const wrongs = child ? await wrongWish(error, owner) : [];
  return (
    <Stack gap={6} className="wrap wrap--text page">
      {wrongs.length > 0 ? (
        <ErrorSummary key={error} heading={frame("problems", { n: wrongs.length })} wrongs={wrongs} />
      ) : null}
      <Stack gap={2}>
        <PageHeading quiet={wrongs.length > 0}>{t("hello", { given })}</PageHeading>
        <p className="name muted">{id}</p>
      </Stack>
      {house ? <HouseHere name={name} house={house} /> : null}
      {child ? (
        <>
          <WishForm owner={owner} wrongs={wrongs} asked={asked} />
          <Wishes wishes={child.wishes} />
          <ChildsRules owner={owner} rules={child.rules} text={card("rulesText", { owner })} />
          <ChildsRights parents={child.parents} />
          <p>
            <Link href="/children" prefetch={false}>
              {card("childrenLink")}
            </Link>
          </p>
        </>
      ) : (
        <>
          <p>{t("adult", { name })}</p>
          <ContactPage page={page} at={homeAddress(name, id.slice(1, id.indexOf(":")))} />
        </>
      )}
      <p>
        <Link href="/mine/data" prefetch={false}>
          {t("data")}
        </Link>
        <span className="line small muted">{t("dataText")}</span>
      </p>
      <form action={closeMineAction} className="stack stack--2">
        <div>
          <Button kind="quiet">{t("close")}</Button>
        </div>
        <p className="small muted">{t("closeText")}</p>
      </form>
    </Stack>
  );
}
