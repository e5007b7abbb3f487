import type { Instrumentation } from "next";

export async function register(): Promise<void> {
  if (process.env["NEXT_RUNTIME"] !== "nodejs") return;
  const { startUp } = await import("./app/_frame/start-up.ts");
  startUp();
}

/** The number a person reads on the error page is this digest. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  if (process.env["NEXT_RUNTIME"] !== "nodejs") return;
  const { reportError } = await import("./app/_frame/start-up.ts");
  reportError(error, request.method, request.path, context.routePath);
};
