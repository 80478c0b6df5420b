import { describe, expect, it } from "vitest";

import { shareOf, totalOf } from "./weights";

describe("weights", () => {
  it("are exact in every way of writing them", () => {
    expect(totalOf(["40%", "0.35", "1/4"])).toEqual({ text: "100%", whole: true });
    expect(totalOf(["1/3", "1/3", "1/3"])).toEqual({ text: "100%", whole: true });
    expect(totalOf(["33.33%", "33.33%", "33.33%"])).toEqual({ text: "99.99%", whole: false });
    expect(totalOf(["50%", "60.5%"])).toEqual({ text: "110.5%", whole: false });
    expect(totalOf([])).toEqual({ text: "0%", whole: false });
  });

  it("that are none are not summed", () => {
    for (const text of ["", "many", "-5%", "1/0", "5%%"]) {
      expect(shareOf(text), text).toBeNull();
      expect(totalOf(["50%", text]), text).toBeNull();
    }
  });
});
