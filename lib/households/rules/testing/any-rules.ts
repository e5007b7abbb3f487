/** For tests only: every set of rules that there is. */
import fc from "fast-check";
import type { ChildRules } from "@/lib/provisioning/household.ts";

const person = fc.constantFrom("@ruth:ruth.example", "@tom:jones.family", "@lena:jones.family");
const server = fc.constantFrom("school.example", "jones.family:8448", "jones.family");
const time = fc.constantFrom("20:30", "07:00", "00:00");
const days = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 });

export const anyRules: fc.Arbitrary<ChildRules> = fc.record({
  contacts: fc.record({
    family: fc.boolean(),
    people: fc.uniqueArray(person),
    servers: fc.uniqueArray(server),
    never: fc.uniqueArray(fc.oneof(person, server)),
  }),
  stranger: fc.constantFrom("ask", "refuse", "allow"),
  found: fc.boolean(),
  rooms: fc.record({ join: fc.constantFrom("contacts", "any"), create: fc.boolean(), publish: fc.boolean() }),
  quiet: fc.array(fc.record({ days, from: time, to: time }), { maxLength: 2 }),
  devices: fc.constantFrom("any", "closed"),
  uploadMegabytes: fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 50 })),
  paused: fc.boolean(),
});
