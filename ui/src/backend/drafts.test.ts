/** Half-written work outlives a lock, and nobody else ever sees it. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { DRAFTS } from "../components/useDraft";
import { createFake } from "./fake";
import type { Status } from "./generated";
import { createQueryClient, read, startAnew } from "./query";
import { begin } from "./session";

const PLAN = [DRAFTS, "bonus plan"];

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A window of an account with a draft and an answer, and what it shows after a lock and a sign-in. */
async function after(account: string | null, keepDrafts = true) {
  const fake = createFake();
  const client = createQueryClient();
  const status = await fake.call("get_status", {});
  const of = (one: string): Status => ({ ...status, signed_in: { ...status.signed_in!, account: one } });
  client.setQueryData(read(fake, "get_status", {}).queryKey, of("a-1"));
  client.setQueryData(PLAN, "half a plan");
  client.setQueryData(["list_batches", {}], ["of a-1"]);
  startAnew(fake, client, { ...status, state: "locked", signed_in: null }, { keepDrafts });
  await vi.runAllTimersAsync();
  if (account) begin(client, fake, of(account));
  return { draft: client.getQueryData(PLAN), answer: client.getQueryData(["list_batches", {}]) };
}

it("stays behind a lock, while every answer goes", async () => {
  expect(await after(null)).toEqual({ draft: "half a plan", answer: undefined });
});

it("is there again for who left it, and for nobody else", async () => {
  expect((await after("a-1")).draft).toBe("half a plan");
  expect((await after("a-2")).draft).toBeUndefined();
});

it("goes with another store", async () => {
  expect((await after(null, false)).draft).toBeUndefined();
});
