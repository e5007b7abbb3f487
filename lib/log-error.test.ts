import { describe, expect, it } from "vitest";
import { Unreachable } from "./errors.ts";
import { logError } from "./log-error.ts";

const written = (error: unknown): string => JSON.stringify(logError(error));

describe("what is written of an error", () => {
  it("leaves out the command that a store refused, which holds its password", () => {
    const refused = Object.assign(new Error("WRONGPASS invalid username-password pair"), {
      command: { name: "hello", args: ["3", "AUTH", "default", "hidden-word"] },
    });
    expect(written(refused)).toContain("WRONGPASS");
    expect(written(refused)).not.toContain("hidden-word");
  });

  it("leaves out whom a mail server refused, wherever it says so", () => {
    const refused = Object.assign(new Error("550 5.1.1 <anna.smith@example.com> is unknown"), {
      code: "EENVELOPE",
      rejected: ["anna.smith@example.com"],
      response: "550 5.1.1 <anna.smith@example.com>",
    });
    const said = written(new Error("a letter could not be sent", { cause: refused }));
    expect(said).toContain("EENVELOPE");
    expect(said).toContain("550 5.1.1");
    expect(said).not.toContain("smith@");
  });

  it("keeps what helps: type, code, vendor, stack, and the causes below", () => {
    const cause = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:1"), { code: "ECONNREFUSED" });
    const vendor = { vendor: "tenant host", call: "state" };
    const said = logError(new Unreachable("no answer", vendor, "none", { cause })) as Record<string, unknown>;
    expect(said).toMatchObject({ type: "Unreachable", message: "no answer", vendor, cause: { code: "ECONNREFUSED" } });
    expect(said["stack"]).toContain("log-error.test.ts");
  });

  it("does not take a package's path for an address", () => {
    const error = new Error("x");
    error.stack = "at /a/node_modules/@prisma/client/runtime.js and /b/react@19.0.1/index.js";
    expect(logError(error)).toMatchObject({ stack: error.stack });
  });
});
