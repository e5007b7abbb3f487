import { availableParallelism } from "node:os";
import { expect, it } from "vitest";
import { cores, numbersOf } from "./cores.ts";

it.each([
  { list: "0", numbers: [0] },
  { list: "0-1", numbers: [0, 1] },
  { list: "0-2,7", numbers: [0, 1, 2, 7] },
  { list: "3,5-6", numbers: [3, 5, 6] },
])("the kernel's list $list names the cores $numbers", ({ list, numbers }) => {
  expect(numbersOf(list)).toEqual(numbers);
});

it("there are as many cores as work can be done side by side", () => {
  expect(cores).toHaveLength(availableParallelism());
});
