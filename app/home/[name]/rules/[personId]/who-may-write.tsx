import { getTranslations } from "next-intl/server";
import { TextButton } from "@/components/button.tsx";
import { asTyped, TextField } from "@/components/field.tsx";
import { rich } from "@/components/rich.tsx";
import { Tick } from "@/components/tick.tsx";
import { type Wrong, wrongAt } from "@/components/wrong.ts";
import type { RulesView } from "@/lib/households/rules/describe-rules.ts";
import type { RulesChoice } from "@/lib/households/rules/read-choice.ts";

interface WhoMayWriteProps {
  readonly child: RulesView;
  readonly choice: RulesChoice;
  readonly wrongs: readonly Wrong[];
}

/** The family, people and whole homes; each that was allowed can be taken off. */
export async function WhoMayWrite({ child: { given, rules }, choice, wrongs }: WhoMayWriteProps) {
  const t = await getTranslations("family.rules");
  const { people, servers, never } = rules.contacts;
  return (
    <fieldset className="stack stack--4">
      <legend className="legend">{t("whoMay", { given })}</legend>
      <p className="hint">{t("whoMayHint")}</p>
      <Tick id="family" name="family" value="yes" checked={choice.family}>
        {t("family")}
      </Tick>
      {people.length + servers.length > 0 ? (
        <ul className="people" aria-label={t("allowed")}>
          {people.map((who) => (
            <Listed key={who} list="people" who={who} note={t("oneOf")} />
          ))}
          {servers.map((who) => (
            <Listed key={who} list="servers" who={who} note={t("allOf")} />
          ))}
        </ul>
      ) : null}
      <TextField
        {...{ id: "allow", label: t("person"), hint: t("personHint"), defaultValue: choice.person, ...asTyped }}
        {...{ autoComplete: "off", wrong: wrongAt(wrongs, "allow") }}
      />
      <TextField
        {...{ id: "allowServer", label: t("server"), hint: t("serverHint"), defaultValue: choice.server, ...asTyped }}
        {...{ autoComplete: "off", wrong: wrongAt(wrongs, "allowServer") }}
      />
      {never.length > 0 ? (
        <ul className="people" aria-label={t("neverAgain")}>
          {never.map((who) => (
            <Listed key={who} list="never" who={who} note={t("neverAgain")} />
          ))}
        </ul>
      ) : null}
    </fieldset>
  );
}

interface ListedProps {
  readonly list: "people" | "servers" | "never";
  readonly who: string;
  readonly note: string;
}

/** One line of a list, and the button that leads to taking it off. */
async function Listed({ list, who, note }: ListedProps) {
  const t = await getTranslations("family.rules");
  return (
    <li className="person person--plain">
      <div className="person__who">
        <span className="person__id">{who}</span>
        <span className="person__note">{note}</span>
      </div>
      <div className="person__do">
        <TextButton name="act" value={`off:${list}:${who}`}>
          {t.rich("takeOff", { ...rich, who })}
        </TextButton>
      </div>
    </li>
  );
}
