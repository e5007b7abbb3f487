import { getTranslations } from "next-intl/server";
import { Button } from "@/components/button.tsx";
import { asTyped, TextField } from "@/components/field.tsx";
import { Notice } from "@/components/notice.tsx";
import { Stack } from "@/components/stack.tsx";
import { type Wrong, wrongAt } from "@/components/wrong.ts";
import { sayer, wrongsOf } from "../_frame/say.ts";
import { wishAction } from "./actions.ts";
import { carriedWish, mostWords } from "./typed-wish.ts";

/** The only sentences the address of this page may name, and the field that each is about. */
const fields: Readonly<Record<string, "who" | "words">> = {
  ...{ who: "who", yourself: "who", known: "who", yours: "who", never: "who" },
  ...{ later: "who", full: "who", often: "who", words: "words" },
};

/** What is wrong with a wish, by the word for it in the page's address. */
export async function wrongWish(error: string, owner: string): Promise<readonly Wrong[]> {
  const at = Object.hasOwn(fields, error) ? fields[error] : undefined;
  const say = { key: `mine.errors.${error}`, values: { owner, most: mostWords } };
  return at ? wrongsOf([{ at, field: { key: `mine.${at}` }, say }], await sayer()) : [];
}

interface WishFormProps {
  readonly owner: string;
  readonly wrongs: readonly Wrong[];
  readonly asked: boolean;
}

/** "I want to write to…": a question to whoever looks after the child. */
export async function WishForm({ owner, wrongs, asked }: WishFormProps) {
  const [t, frame] = [await getTranslations("mine"), await getTranslations("frame")];
  const typed = wrongs.length > 0 ? await carriedWish() : { who: "", words: "" };
  return (
    <Stack as="section" gap={3} labelledBy="wish" className="card">
      <h2 id="wish">{t("wish")}</h2>
      {asked ? <Notice tone="good" icon="check" heading={t("asked", { owner })} status /> : null}
      <p>{t("wishText", { owner })}</p>
      <form className="stack stack--4" action={wishAction} noValidate>
        <TextField
          {...{ id: "who", label: t("who"), hint: t("whoHint"), defaultValue: typed.who, ...asTyped }}
          {...{ autoComplete: "off", wrong: wrongAt(wrongs, "who") }}
        />
        <TextField
          {...{ id: "words", label: t("words"), hint: t("wordsHint"), defaultValue: typed.words }}
          {...{ optional: frame("optional"), autoComplete: "off", wrong: wrongAt(wrongs, "words") }}
        />
        <div>
          <Button>{t("ask", { owner })}</Button>
        </div>
      </form>
    </Stack>
  );
}
