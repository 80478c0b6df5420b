import { describe, expect, it } from "vitest";

import { added, bottom, COLUMNS, movedTo, overlap, resizedTo, stepped, without, type Direction, type Placed } from "./arrange";

const at = (id: string, x: number, y: number, w: number, h: number): Placed => ({ id, place: { x, y, w, h } });
const places = (widgets: readonly Placed[]) =>
  Object.fromEntries(widgets.map(({ id, place: { x, y, w, h } }) => [id, `${x},${y} ${w}x${h}`]));

/** Two beside each other over one that is as wide as both. */
const BOARD = [at("a", 0, 0, 6, 4), at("b", 6, 0, 6, 4), at("c", 0, 4, 12, 3)];

describe("a board", () => {
  it("lets a widget pass what lies below it, and above it", () => {
    const down = stepped(BOARD, "a", "down");
    expect(places(down)).toEqual({ a: "0,7 6x4", b: "6,0 6x4", c: "0,4 12x3" });
    expect(places(stepped(BOARD, "c", "up"))).toEqual({ a: "0,3 6x4", b: "6,3 6x4", c: "0,0 12x3" });
  });

  it("changes places with what is in the way sideways", () => {
    expect(places(stepped(BOARD, "a", "right"))).toEqual({ a: "6,0 6x4", b: "0,0 6x4", c: "0,4 12x3" });
    const uneven = [at("a", 0, 0, 4, 4), at("b", 4, 0, 8, 4)];
    expect(places(stepped(uneven, "b", "left"))).toEqual({ a: "8,0 4x4", b: "0,0 8x4" });
  });

  it("lets what is dragged over sideways go to where the widget came from", () => {
    const beside = [at("a", 0, 0, 8, 4), at("b", 8, 0, 4, 4), at("c", 0, 4, 12, 3)];
    expect(places(movedTo(beside, "a", 4, 0))).toEqual({ a: "4,0 8x4", b: "0,0 4x4", c: "0,4 12x3" });
    // Where it has no room it goes down.
    expect(places(movedTo(BOARD, "a", 3, 0))).toEqual({ a: "3,0 6x4", b: "6,4 6x4", c: "0,8 12x3" });
  });

  it("stays as it is at its edges", () => {
    expect(stepped(BOARD, "a", "left")).toEqual(BOARD);
    expect(stepped(BOARD, "a", "up")).toEqual(BOARD);
    expect(stepped(BOARD, "c", "down")).toEqual(BOARD);
    expect(stepped(BOARD, "nothing", "down")).toEqual(BOARD);
  });

  it("makes room where one grows, and no widget is wider than the board or smaller than its content", () => {
    expect(places(resizedTo(BOARD, "a", { w: 8, h: 4 }))).toEqual({ a: "0,0 8x4", b: "6,4 6x4", c: "0,8 12x3" });
    expect(resizedTo(BOARD, "b", { w: 99, h: 1 }).find(({ id }) => id === "b")?.place).toEqual({ x: 6, y: 0, w: 6, h: 2 });
    expect(resizedTo(BOARD, "b", { w: 0, h: 4 }, { w: 4, h: 3 }).find(({ id }) => id === "b")?.place.w).toBe(4);
  });

  it("puts a new widget where there is room first, else below", () => {
    expect(added([at("a", 0, 0, 6, 4)], at("n", 0, 0, 6, 4)).at(-1)?.place).toEqual({ x: 6, y: 0, w: 6, h: 4 });
    expect(added(BOARD, at("n", 0, 0, 6, 4)).at(-1)?.place).toEqual({ x: 0, y: 7, w: 6, h: 4 });
    expect(added([], at("n", 0, 0, 12, 4)).at(-1)?.place.y).toBe(0);
  });

  it("closes up when one is taken away", () => {
    expect(places(without(BOARD, "a"))).toEqual({ b: "6,0 6x4", c: "0,4 12x3" });
    expect(places(without([at("a", 0, 0, 12, 4), at("b", 0, 4, 6, 2)], "a"))).toEqual({ b: "0,0 6x2" });
  });

  it("never overlaps, hangs over or loses a widget, whatever is done to it", () => {
    // A small generator with a fixed seed: the same thousand deeds every time.
    let seed = 7;
    const next = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((seed / 2_147_483_648) * below);
    };
    const ways: Direction[] = ["left", "right", "up", "down"];
    let board: Placed[] = [];
    for (let deed = 0; deed < 1_000; deed += 1) {
      const count = board.length;
      const id = board[next(Math.max(1, count))]?.id ?? "";
      const what = next(5);
      if (what === 0 && count < 12) board = added(board, at(`w${deed}`, 0, 0, 3 + next(10), 2 + next(6)));
      else if (what === 1) board = movedTo(board, id, next(16) - 2, next(40) - 2);
      else if (what === 2) board = resizedTo(board, id, { w: next(16), h: next(10) });
      else if (what === 3) board = stepped(board, id, ways[next(4)] as Direction);
      else if (count > 8) board = without(board, id);
      for (const one of board) {
        const { x, y, w, h } = one.place;
        expect(x >= 0 && y >= 0 && w >= 1 && h >= 1 && x + w <= COLUMNS, `${deed}: ${JSON.stringify(one)}`).toBe(true);
        expect(board.filter((other) => other !== one && overlap(other.place, one.place)), `${deed}`).toEqual([]);
        // Each rests on another or on the top: no holes that nobody made.
        const rests = y === 0 || board.some((other) => other !== one && overlap(other.place, { ...one.place, y: y - 1 }));
        if (what !== 0) expect(rests, `${deed} ${one.id}`).toBe(true);
      }
      expect(bottom(board)).toBeLessThan(200);
    }
  });
});
