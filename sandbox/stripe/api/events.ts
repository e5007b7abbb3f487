import { z } from "zod";
import { invalid, missing } from "../protocol/errors.ts";
import { pageOf } from "../protocol/lists.ts";
import { bool, inRange, paging, range, text } from "../protocol/params.ts";
import { route } from "../protocol/route.ts";

const path = "/events";
/** Stripe shows events for thirty days. */
const shownFor = 30 * 86_400;

export const events = [
  route({
    method: "GET",
    path,
    call: "events.list",
    permission: "rak_event_read",
    params: z.strictObject({
      ...paging,
      created: range.optional(),
      delivery_success: bool.optional(),
      type: text().optional(),
      types: z.array(text()).max(20).optional(),
    }),
    run: ({ work, state, params }) => {
      const { type, types } = params;
      if (type !== undefined && types !== undefined)
        throw invalid("You may only specify one of these parameters: type, types.", { param: "types" });
      const wanted = types ?? (type === undefined ? [] : [type]);
      const found = state
        .events()
        .filter(
          (event) =>
            event.created > work.now - shownFor &&
            inRange(event.created, params.created) &&
            (wanted.length === 0 || wanted.some((one) => isOf(event.type, one))) &&
            (params.delivery_success === undefined || state.isDelivered(event) === params.delivery_success),
        );
      const page = pageOf(`/v1${path}`, found, params);
      return { ...page, data: page.data.map((event) => state.present(event)) };
    },
  }),
  route({
    method: "GET",
    path: `${path}/:id`,
    call: "events.retrieve",
    permission: "rak_event_read",
    params: z.strictObject({}),
    run: ({ work, state, id }) => {
      const event = state.event(id);
      if (!event || event.created <= work.now - shownFor) throw missing("event", id, "id");
      return state.present(event);
    },
  }),
];

/** `charge.*` stands for every type that begins with `charge.`. */
const isOf = (type: string, wanted: string): boolean =>
  wanted.endsWith("*") ? type.startsWith(wanted.slice(0, -1)) : type === wanted;
