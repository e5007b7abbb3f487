import { z } from "zod";

/** Building blocks for parameters. On the wire everything is text, and an empty text means "unset". */
export const text = (max = 5000) => z.string().min(1).max(max);

export const int = (min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER) =>
  z
    .string()
    .regex(/^-?\d+$/, "integer")
    .transform(Number)
    .pipe(z.number().min(min).max(max));

export const bool = z.enum(["true", "false"]).transform((value) => value === "true");

/** Empty text unsets. */
export const orUnset = <S extends z.ZodType>(schema: S) => z.union([z.literal("").transform(() => null), schema]);

/** At most 50 keys of 40 characters with values of 500; the empty value takes a key away. */
const metadataMap = z
  .record(z.string().min(1).max(40), z.string().max(500))
  .refine((map) => Object.keys(map).length <= 50, "has more than 50 keys");
/** Null takes all keys away. */
export const metadata = orUnset(metadataMap);

/** A moment, or a range of them: `created=17`, `created[gte]=17`. */
const moment = int(0);
export const range = z.union([
  moment.transform((at) => ({ gte: at, lte: at })),
  z.strictObject({ gt: moment.optional(), gte: moment.optional(), lt: moment.optional(), lte: moment.optional() }),
]);
export type Range = z.output<typeof range>;
export const inRange = (at: number, wanted: Range | undefined): boolean =>
  wanted === undefined ||
  (at >= (wanted.gte ?? Number.NEGATIVE_INFINITY) &&
    at <= (wanted.lte ?? Number.POSITIVE_INFINITY) &&
    (!("gt" in wanted) || wanted.gt === undefined || at > wanted.gt) &&
    (!("lt" in wanted) || wanted.lt === undefined || at < wanted.lt));

/** Parameters of every list. */
export const paging = {
  limit: int(1, 100).default(10),
  starting_after: text().optional(),
  ending_before: text().optional(),
};

export const currency = z
  .string()
  .regex(/^[a-zA-Z]{3}$/)
  .transform((code) => code.toLowerCase());

export const address = z.strictObject({
  city: text().optional(),
  country: text(2).optional(),
  line1: text().optional(),
  line2: text().optional(),
  postal_code: text().optional(),
  state: text().optional(),
});
