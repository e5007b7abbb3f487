import AxeBuilder from "@axe-core/playwright";
import * as afterPaying from "./screens/after-paying.ts";
import * as beforePaying from "./screens/before-paying.ts";
import * as comingBack from "./screens/coming-back.ts";
import * as disputes from "./screens/disputes.ts";
import { leaving } from "./screens/leaving.ts";
import { twoParents } from "./screens/parents.ts";
import * as payer from "./screens/payer.ts";
import * as signedIn from "./screens/signed-in.ts";
import { takingOut } from "./screens/taking-out.ts";
import type { Walk } from "./screens/walk.ts";
import { expect, type Page, test } from "./support/test.ts";

test.setTimeout(300_000);

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];
const sizes = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 900 } };
/** The narrowest screens people have. */
const narrow = { width: 360, height: 740 };

/** What WCAG 2.2 AA says against a page, in both colours and at both sizes. */
async function findings(page: Page): Promise<string[]> {
  // A page that is made anew in its place has no title for the blink of an eye.
  await expect(page).toHaveTitle(/./);
  const found: string[] = [];
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      const options = { runOnly: rules, resultTypes: ["violations" as const] };
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().options(options).analyze();
      for (const { id, nodes } of violations)
        found.push(`${size}, ${colorScheme}: ${id} at ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
    }
  }
  return found;
}

/** Whether anything reaches beyond the right edge. What scrolls inside a box of its own, as tables do, is in that box. */
async function sideways(page: Page): Promise<string[]> {
  await page.setViewportSize(narrow);
  return page.evaluate(() => {
    const { documentElement: root, body } = document;
    const hides = [root, body].some((one) => /hidden|clip/.test(getComputedStyle(one).overflowX));
    return [
      ...(root.scrollWidth > root.clientWidth ? [`360: ${root.scrollWidth} pixels wide`] : []),
      ...(hides ? ["360: cuts off what is too wide"] : []),
    ];
  });
}

const walks: Readonly<Record<string, Walk>> = {
  "the front page and its neighbours": beforePaying.site,
  "the page that says that something broke": beforePaying.brokenPage,
  "choosing a name": beforePaying.names,
  "the look, the people and the deed": beforePaying.filling,
  "checking and paying": beforePaying.paying,
  "saving for later and coming back": beforePaying.comingBack,
  "watching, and what the registrar may answer": afterPaying.watching,
  "waiting for the payment": afterPaying.waitingForMoney,
  "a lost name": afterPaying.lostName,
  "the home and everybody's cards": afterPaying.homeAndCards,
  "a used card": afterPaying.usedCard,
  "what friends see": afterPaying.familyPages,
  "signing in": signedIn.signingIn,
  "the family's pages": signedIn.family,
  "the staff's pages": signedIn.staff,
  "a home whose bill has ended, and the way back": comingBack.comingBack,
  "somebody else who pays": payer.anotherPayer,
  "somebody who is taken out, and the way back": takingOut,
  "a disputed payment, as the family and the staff see it": disputes.disputed,
  "two parents": twoParents,
  "a name that leaves with its family": leaving,
};
for (const [screens, walk] of Object.entries(walks))
  test(`${screens}: no axe violation in light and dark on phone and desk, no sideways scrolling at 360 pixels`, async ({
    browser,
    openBrowser,
  }) => {
    const found: string[] = [];
    for await (const { what, page } of walk({ browser, openBrowser }))
      for (const finding of [...(await findings(page)), ...(await sideways(page))]) found.push(`${what}: ${finding}`);
    expect(found).toEqual([]);
  });
