import { connect, type Socket } from "node:net";
import { z } from "zod";
import type { Clock } from "@/lib/clock.ts";

/** What happened to a home, as the tenant host tells it (workers/homeserver/README.md). `time` is ISO, `seconds` a wake's. */
export const hostEvent = z.object({
  event: z.enum(["born", "started", "woke", "slept", "stopped", "crashed", "failed", "asked"]),
  name: z.string(),
  time: z.string(),
  seconds: z.number().optional(),
});
export type HostEvent = z.infer<typeof hostEvent>;

/** The host is back within seconds after it was replaced; until then a sweep finds what was missed. */
const pauseMs = 1000;
/** One event is two hundred bytes. */
const longestLine = 65_536;

/**
 * Hears the tenant host's events for as long as it is there, and comes back when it was away. What happened in between is
 * not told again: a nudge, like every bell. `onEvent` is called one line at a time and never throws.
 */
export function hearHost(
  socketPath: string,
  clock: Clock,
  onEvent: (event: HostEvent) => void,
): { close(): Promise<void> } {
  let open = true;
  let current: Socket | undefined;

  const once = (): Promise<void> =>
    new Promise((over) => {
      const socket = connect(socketPath);
      current = socket;
      let heard = "";
      socket.setEncoding("utf8");
      socket.on("connect", () => socket.write('{"do":"listen"}\n'));
      socket.on("data", (part: string) => {
        const lines = (heard + part).split("\n");
        heard = lines.pop() ?? "";
        for (const line of lines) tell(line, onEvent);
        if (heard.length > longestLine) socket.destroy();
      });
      // "close" follows: away, not yet there, or replaced are all the same to us.
      socket.on("error", () => {});
      socket.on("close", () => over());
    });

  const listening = (async () => {
    while (open) {
      await once();
      if (open) await clock.sleep(pauseMs);
    }
  })();
  return {
    close() {
      open = false;
      current?.destroy();
      return listening;
    },
  };
}

/** A line that is no event, such as the host's greeting, is nobody's business. */
function tell(line: string, onEvent: (event: HostEvent) => void): void {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return;
  }
  const event = hostEvent.safeParse(value);
  if (event.success) onEvent(event.data);
}
