import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { z } from "zod";
import type { FailureWords } from "@/sandbox/shared/faults.ts";
import type { SandboxEnv } from "@/sandbox/shared/serve.ts";

export type Ctx = Context<SandboxEnv>;

export interface Problem {
  readonly code: number;
  readonly message: string;
  readonly source?: { readonly pointer: string };
  readonly error_chain?: readonly { readonly code: number; readonly message: string }[];
}

/** A refusal in this vendor's words. Anything else that is thrown is a bug of the stand-in. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: ContentfulStatusCode;
  readonly problems: readonly Problem[];
  constructor(status: ContentfulStatusCode, ...problems: readonly Problem[]) {
    super(problems.map((problem) => problem.message).join(" "));
    this.status = status;
    this.problems = problems;
  }
}

/**
 * The registrar's own numbers are not published, so every refusal of it carries this one: whoever tells
 * refusals apart by number will notice here.
 */
export const unpublished = 1000;
export const refuse = (status: ContentfulStatusCode, message: string): ApiError =>
  new ApiError(status, { code: unpublished, message });

export function succeed(
  c: Ctx,
  result: unknown,
  more: { status?: ContentfulStatusCode; info?: object } = {},
): Response {
  const body = { success: true, errors: [], messages: [], result, ...(more.info && { result_info: more.info }) };
  return c.json(body, more.status ?? 200);
}

export const fail = (c: Ctx, error: ApiError): Response =>
  c.json({ success: false, errors: error.problems, messages: [], result: null }, error.status);

/** What a planned fault looks like here. */
export const failures: FailureWords = {
  refused: (c, fault) =>
    fail(c, refuse((fault.status ?? 400) as ContentfulStatusCode, fault.words ?? "The request was refused.")),
  broken: (c) => fail(c, new ApiError(500, { code: 10_000, message: "Internal server error" })),
  tooMany(c, seconds) {
    c.header("Retry-After", String(seconds));
    // 1200 requests in five minutes a user is the published limit.
    c.header("Ratelimit", `"default";r=0;t=${seconds}`);
    c.header("Ratelimit-Policy", '"default";q=1200;w=300');
    return fail(
      c,
      new ApiError(429, {
        code: 10_000,
        message:
          "More than 1200 requests per 300 seconds reached. Please wait and consider throttling your request speed",
      }),
    );
  },
};

/** The JSON body as `shape` reads it, or a refusal that points at each field. */
export async function readBody<S extends z.ZodType>(c: Ctx, shape: S): Promise<z.output<S>> {
  const read = shape.safeParse(await json(c));
  if (read.success) return read.data;
  const problems = read.error.issues.map((issue) => ({
    code: unpublished,
    message: issue.message,
    source: { pointer: `/${issue.path.map(String).join("/")}` },
  }));
  throw new ApiError(400, ...problems);
}

export async function json(c: Ctx): Promise<unknown> {
  const type = c.req.header("content-type") ?? "";
  const text = await c.req.text();
  if (!type.startsWith("application/json")) throw unreadable();
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw unreadable();
    throw error;
  }
}

const unreadable = () =>
  new ApiError(400, { code: 9207, message: "Failed to parse request body, content-type must be application/json" });
