import { endStartedAgain } from "./processes.ts";

/** Playwright calls this once, after the last test. */
export default (): void => endStartedAgain();
