import { newSetupSession, type SetupSession } from "../objects/checkout-session.ts";
import { newSetupIntent } from "../objects/setup-intent.ts";
import { invalid, parameterMissing } from "../protocol/errors.ts";
import type { Work } from "../state/work.ts";
import type { CreateParams } from "./checkout-session-params.ts";
import { asGiven, checkUrls } from "./new-checkout-session.ts";

/** What such a session cannot have: nothing is sold. */
const soldOnly = ["line_items", "subscription_data", "discounts", "allow_promotion_codes", "automatic_tax"] as const;

/** A session that keeps a card for a customer there is. Without one it would make one, which the stand-in does not know. */
export function createSetup(work: Work, given: CreateParams): SetupSession {
  const odd = soldOnly.find((param) => given[param] !== undefined);
  if (odd) throw invalid(`You can not pass \`${odd}\` in \`setup\` mode.`, { param: odd });
  // Its page offers cards alone.
  if (given.allowed_payment_method_types === undefined) throw parameterMissing("currency");
  if (given.customer === undefined) throw parameterMissing("customer");
  const { id: customer } = work.need("customer", given.customer, "customer");
  checkUrls(given);
  const intent = work.tell(
    "setup_intent.created",
    newSetupIntent(work.born("seti"), { customer, secret: work.secret() }),
  );
  const born = work.born("cs_test");
  const url = `${work.publicUrl}/c/setup/${born.id}`;
  const session = newSetupSession(born, {
    ...{ ...asGiven(work, given), url, customer, setupIntent: intent.id },
    ...{ currency: "", total: 0 },
  });
  return work.keep("checkout.session.created", session);
}
