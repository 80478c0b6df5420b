import { describe, expect, it } from "vitest";

import { difference } from "./difference";

describe("the difference of two documents", () => {
  it("puts what stands in both beside each other", () => {
    const lines = difference("a\nb\nc\n", "a\nx\nc\nd\n");
    expect(lines.map(({ kind, left, right }) => `${kind} ${left ?? "-"} ${right ?? "-"}`)).toEqual(["same a a", "gone b -", "new - x", "same c c", "new - d"]);
  });

  it("has each line of both once, in its order", () => {
    const [before, after] = ["1\n2\n3\n4\n5", "5\n1\n3\n2\n4"];
    const lines = difference(before, after);
    expect(lines.flatMap(({ left }) => left ?? []).join("\n")).toBe(before);
    expect(lines.flatMap(({ right }) => right ?? []).join("\n")).toBe(after);
    expect(difference(before, before).every(({ kind }) => kind === "same")).toBe(true);
  });
});
