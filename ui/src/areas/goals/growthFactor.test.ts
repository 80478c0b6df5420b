import { expect, it } from "vitest";

import { factorOf } from "./growthFactor";

it.each([
  ["10", "1.10"],
  ["0", "1.00"],
  ["-2.5", "0.975"],
  ["12.25", "1.1225"],
  ["-100", "0.00"],
  ["1,000", "11.00"],
])("%s %% is the factor %s, exactly", (percent, factor) => expect(factorOf(percent)).toBe(factor));

it.each(["", "x", "-100.01"])("%j is no growth", (percent) => expect(factorOf(percent)).toBeNull());
