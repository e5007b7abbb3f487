import { createHash } from "node:crypto";
import type Cloudflare from "cloudflare";
import { parsePhoneNumber } from "libphonenumber-js";
import type { Availability, Registrar, Registration, RegistrationWorkflow } from "@/lib/provisioning/ports.ts";
import type { Registrant } from "@/lib/provisioning/step.ts";
import { type Account, ask, askOrNothing, looking } from "./client.ts";

type Vendor = Cloudflare.Registrar.Registration;
type Workflow = Cloudflare.Registrar.WorkflowStatus;

/** The most that the vendor takes. */
const namesPerPage = 50;

export function cloudflareRegistrar({ client, accountId }: Account): Registrar {
  const account = { account_id: accountId };
  return {
    async find(name) {
      const found = await askOrNothing("registrations.get", () =>
        client.registrar.registrations.get(name, account, looking),
      );
      return found && registrationOf(found);
    },
    async listNames() {
      return ask("registrations.list", async () => {
        const names: string[] = [];
        const pages = client.registrar.registrations.list({ ...account, per_page: namesPerPage }, looking);
        for await (const { domain_name } of pages) names.push(domain_name.toLowerCase());
        return names;
      });
    },
    async workflow(name) {
      const status = await askOrNothing("registration-status.get", () =>
        client.registrar.registrationStatus.get(name, account, looking),
      );
      return status && workflowOf(status);
    },
    check: (name) => checkOne({ client, accountId }, name),
    async renewalPrice(name) {
      const found = await checkOne({ client, accountId }, strangerTo(name));
      return found.kind === "available" ? found.price : undefined;
    },
    async register(name, registrant) {
      // One call is one POST: with its default the SDK sends a purchase three times on a 500 or a lost answer. Ours is none.
      // The answer (201 or 202) is not believed: the step looks again.
      await ask("registrations.create", () =>
        client.registrar.registrations.create({ ...account, ...registrationOrder(name, registrant) }),
      );
    },
    async setAutoRenew(name, on) {
      await ask("registrations.edit", () => client.registrar.registrations.edit(name, { ...account, auto_renew: on }));
    },
  };
}

function registrationOf(found: Vendor): Registration {
  const status =
    ({ active: "active", registration_pending: "pending", transfer_pending: "leaving" } as const)[
      found.status as string
    ] ?? (found.status === "suspended" ? "held" : "lapsing");
  return {
    ...{ status, autoRenew: found.auto_renew, expiresAt: found.expires_at },
    registeredAt: found.status === "registration_pending" ? null : found.created_at,
  };
}

function workflowOf(status: Workflow): RegistrationWorkflow {
  const text = (key: string): string | undefined => {
    const value = status.context?.[key];
    return typeof value === "string" ? value : undefined;
  };
  switch (status.state) {
    case "pending":
    case "in_progress":
      return { state: "running" };
    case "action_required": {
      const sentTo = text("confirmation_sent_to");
      const action = text("action");
      return { state: "action-required", ...(sentTo ? { sentTo } : {}), ...(action ? { action } : {}) };
    }
    case "blocked":
      return { state: "blocked", words: status.error?.message ?? text("reason") ?? "held by a third party" };
    case "failed":
      return { state: "failed", words: status.error?.message ?? "no reason given" };
    case "succeeded":
      return { state: "succeeded" };
  }
}

/**
 * The vendor tells prices of names that can be registered, and of nothing it has sold already. All names of an ending that are not
 * premium (we sell none) renew for the same, so it is asked about one that nobody has.
 */
function strangerTo(name: string): string {
  const label = createHash("sha256").update(name).digest("hex").slice(0, 40);
  return `n${label}${name.slice(name.indexOf("."))}`;
}

/** The authoritative look, one name; malformed names are left out of the answer by the vendor. */
async function checkOne({ client, accountId }: Account, name: string): Promise<Availability> {
  const answer = await ask("domain-check", () =>
    client.registrar.check({ account_id: accountId, domains: [name] }, looking),
  );
  const found = answer.domains.find((one) => one.name === name);
  return found ? availabilityOf(found) : { kind: "unsupported" };
}

export function availabilityOf(found: Cloudflare.Registrar.RegistrarCheckResponse["domains"][number]): Availability {
  if (found.tier === "premium" || found.reason === "domain_premium") return { kind: "premium" };
  if (found.registrable && found.pricing) {
    const { currency, registration_cost, renewal_cost } = found.pricing;
    return { kind: "available", price: { currency, registration: registration_cost, renewal: renewal_cost } };
  }
  return { kind: found.reason === "domain_unavailable" ? "taken" : "unsupported" };
}

/** What a registration says. The customer is the registrant; auto-renew is said, for its default here is off. */
function registrationOrder(name: string, registrant: Registrant) {
  const { fullName, organisation, email, phone, street, city, state, postalCode, country, extra } = registrant;
  return {
    domain_name: name,
    years: 1,
    auto_renew: true,
    privacy_mode: "redaction" as const,
    contacts: {
      registrant: {
        email,
        phone: dotted(phone),
        postal_info: {
          name: fullName,
          ...(organisation ? { organization: organisation } : {}),
          address: { street, city, state, postal_code: postalCode, country_code: country },
        },
      },
    },
    ...(Object.keys(extra).length > 0 ? { contact_extensions: { ...extra } } : {}),
  };
}

/** The registries' way of writing a number: a dot after the country's code, `+44.7700900123`. */
function dotted(phone: string): string {
  const { countryCallingCode, nationalNumber } = parsePhoneNumber(phone);
  return `+${countryCallingCode}.${nationalNumber}`;
}
