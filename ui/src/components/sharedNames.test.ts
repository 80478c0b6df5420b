import { expect, test } from "vitest";

import { sharedNames } from "./sharedNames";

test("only names that stand more than once are shared", () => {
  const rows = ["王伟", "李娜", "王伟", "王伟"].map((name) => ({ name }));
  expect([...sharedNames(rows)]).toEqual(["王伟"]);
  expect(sharedNames([]).size).toBe(0);
});
