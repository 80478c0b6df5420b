import { expect, it } from "vitest";

import { scrollerOf, speedAt } from "./edge";

it("the page moves near its edges only, the faster the nearer, also under a pointer beyond them", () => {
  const page = { top: 60, bottom: 900 };
  expect(speedAt(400, page, 800)).toBe(0);
  expect(speedAt(80, page, 800)).toBeLessThan(0);
  expect(speedAt(62, page, 800)).toBeLessThan(speedAt(90, page, 800));
  // What is below the window is not seen: the window's edge counts.
  expect(speedAt(790, page, 800)).toBeGreaterThan(0);
  expect(speedAt(5_000, page, 800)).toBe(speedAt(800, page, 800));
});

it("the nearest ancestor that can scroll does", () => {
  const outer = document.createElement("div");
  const inner = document.createElement("div");
  const board = document.createElement("div");
  outer.append(inner);
  inner.append(board);
  document.body.append(outer);
  outer.style.overflowY = "auto";
  inner.style.overflowY = "hidden";
  Object.defineProperty(outer, "scrollHeight", { value: 2_000 });
  Object.defineProperty(outer, "clientHeight", { value: 500 });
  expect(scrollerOf(board)).toBe(outer);
  outer.style.overflowY = "visible";
  expect(scrollerOf(board)).toBe(document.scrollingElement);
  outer.remove();
});
