import { act, fireEvent } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";

import { renderPart } from "../test/render";
import { useIdleLock } from "./useIdleLock";

function Idle({ minutes }: { minutes: number | null }) {
  useIdleLock(minutes, false);
  return null;
}

const locks = (calls: { name: string }[]) => calls.filter(({ name }) => name === "lock_app").length;
const pass = (minutes: number) => act(() => vi.advanceTimersByTimeAsync(minutes * 60_000));

afterEach(() => vi.useRealTimers());

it("locks after the idle minutes, counted from the last key or click", async () => {
  vi.useFakeTimers();
  const { fake } = renderPart(<Idle minutes={5} />);
  await pass(4);
  fireEvent.keyDown(window, { key: "a" });
  await pass(4);
  expect(locks(fake.calls)).toBe(0);
  await pass(2);
  expect(locks(fake.calls)).toBe(1);
});

it("never locks when it is turned off", async () => {
  vi.useFakeTimers();
  const { fake } = renderPart(<Idle minutes={null} />);
  await pass(600);
  expect(locks(fake.calls)).toBe(0);
});

it("tries again until the lock holds, and says what is wrong", async () => {
  vi.useFakeTimers();
  const { fake } = renderPart(<Idle minutes={5} />);
  await pass(4);
  fake.failNext("lock_app", "store_failed", { detail: "disk full" });
  await pass(1.2);
  expect(document.body).toHaveTextContent("disk full");
  expect(locks(fake.calls), "not given up").toBeGreaterThan(1);
  expect(fake.world.keeping.locked).toBe(true);
});
