// The walls of the house (README, "The house"): who may import what. Each is one sentence, and
// tools/lint/walls.test.ts lints a bad snippet for each and expects it.
const sdks = {
  stripe: ["stripe"],
  cloudflare: ["cloudflare"],
  github: ["@octokit/rest"],
  queue: ["bullmq", "ioredis"],
  mail: ["nodemailer"],
  auth: ["better-auth", "@better-auth/passkey"],
} as const;
const vendors = ["stripe", "cloudflare", "github", "synapse", "caddy"];
const domains = ["orders", "households", "tenants", "billing", "moving", "staff", "names", "reports"];

/** What the ports speak in. */
const nouns = ["@/lib/billing/money.ts", "@/lib/billing/ledger.ts"];

type Pattern = { group?: string[]; regex?: string; message: string; allowTypeImports?: boolean };

const libFolders = (names: readonly string[], message: string, allowTypeImports = false): Pattern => ({
  message,
  allowTypeImports,
  group: names.flatMap((n) => [
    `@/lib/${n}`,
    `@/lib/${n}.ts`,
    `@/lib/${n}/**`,
    `**/../${n}`,
    `**/../${n}.ts`,
    `**/../${n}/**`,
    `**/lib/${n}`,
    `**/lib/${n}.ts`,
    `**/lib/${n}/**`,
  ]),
});
/** The same with some files let through. */
const besides = (files: readonly string[], pattern: Pattern): Pattern => ({
  ...pattern,
  group: [...(pattern.group ?? []), ...files.map((file) => `!${file}`)],
});
/** For a tree outside lib, where a folder of its own may bear the same name. */
const libFromOutside = (names: readonly string[], message: string): Pattern => ({
  message,
  group: names.flatMap((n) => [
    `@/lib/${n}`,
    `@/lib/${n}.ts`,
    `@/lib/${n}/**`,
    `**/lib/${n}`,
    `**/lib/${n}.ts`,
    `**/lib/${n}/**`,
  ]),
});
const top = (names: readonly string[], message: string): Pattern => ({
  message,
  // Styles and texts are nobody's code.
  group: [...names.flatMap((n) => [`@/${n}`, `@/${n}/**`, `**/../${n}/**`]), "!**/*.css"],
});
const packages = (names: readonly string[], message: string): Pattern => ({
  message,
  regex: `^(${names.map((n) => n.replaceAll("/", "\\/")).join("|")})(\\/|$)`,
});

/** The SDK ban stands in every rule, because an override replaces the base options. */
const rule = (home: string | undefined, ...patterns: Pattern[]) => [
  "error",
  {
    patterns: [
      ...patterns,
      ...Object.entries(sdks)
        .filter(([folder]) => folder !== home)
        .map(([folder, names]) => packages(names, `Only lib/${folder} may import this library.`)),
    ],
  },
];
const wall = (files: string[], home: string | undefined, ...patterns: Pattern[]) => ({
  files,
  rules: { "no-restricted-imports": rule(home, ...patterns) },
});
const throughTheDoor = (files: string[], more: string[] = []) => {
  const words = "Chaos comes through the door, over HTTP.";
  const inside = ["generated", "env", "errors", "queue", "mail", "auth", "provisioning", ...domains, ...vendors];
  return wall(
    files,
    undefined,
    libFromOutside([...more, ...inside], words),
    top(["app", "components", "workers", "sandbox", "prisma"], words),
  );
};
const wire: Pattern = {
  ...packages(
    ["node:http", "node:https", "node:http2", "node:tls", "undici"],
    "A verb speaks to ports, not to the wire.",
  ),
  allowTypeImports: true,
};
const frontend = packages(["next", "react", "react-dom", "next-intl"], "Next and React stay in app and components.");
const appAndWorkers = top(["app", "workers", "components"], "The library does not know who uses it.");

export default {
  plugins: [],
  categories: { correctness: "off" },
  ignorePatterns: ["lib/generated", ".nameplate", ".next", "node_modules"],
  rules: { "no-restricted-imports": rule(undefined) },
  overrides: [
    wall(
      ["app/**"],
      undefined,
      libFolders(["db", "generated", "queue", "provisioning", ...vendors], "A route asks a domain verb.", true),
      top(["workers", "sandbox"], "A route asks a domain verb."),
    ),
    wall(["components/**"], undefined, {
      message: "Only presenters' types may pass into components.",
      allowTypeImports: true,
      group: ["@/lib/**", "**/lib/**", "**/../lib/**"],
    }),
    wall(["workers/**"], undefined, top(["app", "components"], "Workers have no screen."), frontend),
    ...domains.map((d) =>
      wall([`lib/${d}/**`], undefined, libFolders(vendors, "A verb speaks to ports."), appAndWorkers, frontend, wire),
    ),
    wall(
      ["lib/provisioning/**"],
      undefined,
      libFolders(["db", "generated", "env", "queue", "mail", "auth", ...domains, ...vendors], "Steps speak to ports."),
      appAndWorkers,
      frontend,
      wire,
    ),
    wall(
      ["lib/provisioning/{journal,keep-finding}.ts", "lib/provisioning/*.db.test.ts"],
      undefined,
      libFolders(["env", "queue", "mail", "auth", ...domains, ...vendors], "The journal alone knows the database."),
      appAndWorkers,
      frontend,
      wire,
    ),
    ...["auth", "mail", "queue"].map((f) =>
      wall(
        [`lib/${f}/**`],
        f,
        libFolders([...domains, ...vendors], "This folder knows its one library, no domain."),
        appAndWorkers,
        ...(f === "auth" ? [] : [frontend]),
      ),
    ),
    ...vendors.map((v) =>
      wall(
        [`lib/${v}/**`],
        v,
        libFolders(
          ["db", "generated", "queue", ...vendors.filter((o) => o !== v)],
          "A vendor folder holds its own SDK and nothing of ours.",
        ),
        besides(
          nouns,
          libFolders([...domains, "provisioning"], "Only types of ports may pass into a vendor folder.", true),
        ),
        appAndWorkers,
        frontend,
      ),
    ),
    wall(
      ["lib/web.ts"],
      undefined,
      libFolders(
        ["generated", ...domains, "synapse", "caddy", "github"],
        "The web's composition root builds its world and search, checkout and webhook checks only.",
        true,
      ),
      appAndWorkers,
    ),
    wall(
      ["sandbox/**"],
      undefined,
      libFromOutside(
        ["db", "generated", "env", "errors", "queue", "mail", "auth", "provisioning", ...domains, ...vendors],
        "A stand-in knows nothing of the product.",
      ),
      top(["app", "workers", "components"], "A stand-in knows nothing of the product."),
    ),
    // The stand-ins are tested with the vendors' own SDKs.
    { files: ["sandbox/**/*.test.ts", "sandbox/**/test-*.ts"], rules: { "no-restricted-imports": "off" } },
    wall(
      ["e2e/**"],
      undefined,
      libFolders(["db", "generated"], "A person has no database."),
      top(["workers", "prisma"], "A person has no database."),
    ),
    // A bench measures our parts on the harness of their tests, and never through the product's tables.
    wall(
      ["bench/**"],
      undefined,
      libFolders(["db", "generated"], "A bench measures, it does not look inside."),
      top(["app", "components", "prisma"], "A bench measures, it does not look inside."),
    ),
    // A simulated world is the product without its screens.
    wall(["faults/**"], undefined, top(["app", "components"], "A simulated world has no screen."), frontend),
    // Customers, and a machine that fails: both meet the product from outside. The court alone reads its tables.
    throughTheDoor(["chaos/**"], ["db"]),
    throughTheDoor(["chaos/court.ts"]),
  ],
};
