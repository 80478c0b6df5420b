/** What every page owes its reader while it waits, and when it fails. */
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect } from "vitest";

/** The error says what happened and offers to try again; doing so leads to `then`. */
export async function recovers(then: () => Promise<unknown>): Promise<void> {
  const error = await screen.findByTestId("error-state");
  // The sentence of `store_failed`, with its place filled.
  expect(error).toHaveTextContent("disk full");
  expect(error).not.toHaveTextContent("store_failed");
  await userEvent.click(within(error).getByRole("button", { name: "重试" }));
  await then();
  await waitFor(() => expect(screen.queryByTestId("error-state")).toBeNull());
}

/** The page's name stands while it loads, and something says that it does, until `release`. */
export async function waits(title: string, release: () => void, then: () => Promise<unknown>): Promise<void> {
  expect(await screen.findByRole("heading", { level: 1, name: title })).toBeInTheDocument();
  const loading = await screen.findByRole("status", { name: "正在载入" });
  expect(loading).toHaveAttribute("aria-busy", "true");
  expect(screen.queryByTestId("error-state")).toBeNull();
  release();
  await then();
  await waitFor(() => expect(loading).not.toBeInTheDocument());
}
