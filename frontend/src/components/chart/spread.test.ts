import { expect, test } from "vitest";
import { spread } from "./spread";

test("labels that do not touch stay where they are", () => expect(spread([10, 40, 80], 12, [0, 100])).toEqual([10, 40, 80]));

test("labels on each other move apart and keep their order", () => {
  expect(spread([50, 50, 51], 12, [0, 100])).toEqual([50, 62, 74]);
  expect(spread([99, 98], 12, [0, 100])).toEqual([100, 88]);
});
