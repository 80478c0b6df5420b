/** Who approves a team that others lead says why; whoever leads it does not have to. */
import { screen, waitFor } from "@testing-library/react";
import userEvent, { PointerEventsCheckLevel } from "@testing-library/user-event";
import { expect, it } from "vitest";

import { createFake } from "../../../backend/fake";
import type { BonusCycle } from "../../../backend/generated";
import { brought, house, PERIOD } from "../../../test/bonusHouse";
import { renderPart } from "../../../test/render";
import { StepDialog } from "./StepDialog";

const quick = () => userEvent.setup({ pointerEventsCheck: PointerEventsCheckLevel.Never });

/** The dialog for a team, as whoever sits at the window sees it. */
async function dialog(me: string) {
  const seen = createFake();
  await brought(seen, "submit");
  house(seen, me);
  const cycle: BonusCycle = await seen.call("get_bonus_cycle", { period: PERIOD });
  const teams = cycle.teams.map((team, at) => ({ ...team, may_approve: at === 0 }));
  const part = <StepDialog action="approve_team" cycle={{ ...cycle, teams }} unit={null} onClose={() => undefined} />;
  const { fake } = renderPart(part, "en", { holds: ["get_status"] });
  house(fake, me);
  fake.release("get_status");
  await screen.findByTestId("step-dialog");
  const sent = () => fake.calls.findLast(({ name }) => name === "step_bonus_cycle")?.args;
  return { user: quick(), sent, unit: teams[0]?.unit };
}

it("HR is asked for a reason, and nothing is approved without one", async () => {
  const { user, sent, unit } = await dialog("周慧敏");
  await screen.findByTestId("step-reason");
  await user.click(screen.getByTestId("step-ok"));
  expect(await screen.findByRole("alert")).toBeInTheDocument();
  expect(sent()).toBeUndefined();
  await user.click(screen.getByTestId("step-reason"));
  await user.paste("On leave");
  await user.click(screen.getByTestId("step-ok"));
  await waitFor(() => expect(sent()).toMatchObject({ action: "approve_team", unit, reason: "On leave" }));
});

it("a manager is not asked", async () => {
  const { user, sent, unit } = await dialog("许静");
  expect(screen.queryByTestId("step-reason")).toBeNull();
  await user.click(screen.getByTestId("step-ok"));
  await waitFor(() => expect(sent()).toMatchObject({ action: "approve_team", unit }));
  expect(sent()).not.toHaveProperty("reason");
});
