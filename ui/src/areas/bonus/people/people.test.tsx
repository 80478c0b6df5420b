/** Who is under which plan. */
import { screen, waitFor, within } from "@testing-library/react";
import userEvent, { PointerEventsCheckLevel } from "@testing-library/user-event";
import { beforeAll, describe, expect, it } from "vitest";

import type { Fake } from "../../../backend/fake";
import { renderApp } from "../../../test/render";
import { recovers } from "../../../test/states";

const ADDRESS = "/bonus/people";

beforeAll(() => import("./page"), 30_000);

const SECOND = {
  schema: 2,
  code: "second",
  name: { zh: "第二方案", en: "Second" },
  period: "quarter",
  components: [{ code: "own", name: { zh: "提成", en: "Own" }, rate: { tiers: [{ from: "80%", pay: { kind: "percent_of_target_bonus", percent: "50%" } }] } }],
};

function page(change: (fake: Fake) => void = () => undefined) {
  const app = renderApp({ address: ADDRESS });
  app.fake.world.otherPlans = [JSON.stringify(SECOND)];
  change(app.fake);
  return { ...app, user: userEvent.setup({ pointerEventsCheck: PointerEventsCheckLevel.Never }) };
}

/** Picks from a choice by its shown name. */
async function choose(user: ReturnType<typeof userEvent.setup>, testId: string, title: string) {
  await user.click(screen.getByTestId(testId).querySelector("input") as HTMLInputElement);
  const found = await screen.findAllByText(title, { selector: ".ant-select-item-option-content, .ant-select-item-option-content *" });
  await user.click(found.at(-1) as HTMLElement);
}

describe("people and plans", () => {
  it("says why the list failed, and tries again", async () => {
    renderApp({ address: ADDRESS, fails: { list_plan_people: "store_failed" } });
    await recovers(() => screen.findByTestId("people-table"));
  });

  it("are assigned from a day on; what changes is told before, and taken back by undo", async () => {
    const { user, fake } = page();
    expect(await screen.findByText("所有人都适用同一个方案")).toBeInTheDocument();
    const row = await screen.findByTestId("plans-p-2");
    await user.click(within(row).getByRole("checkbox"));
    await user.click(screen.getByTestId("assign"));
    await screen.findByTestId("assign-drawer");
    await user.click(screen.getByTestId("assign-save"));
    expect(await screen.findByText("请选择方案"), "said at its field").toBeInTheDocument();
    await choose(user, "assign-plan", "第二方案");
    await user.click(screen.getByTestId("assign-target"));
    await user.paste("12,000");
    await user.click(screen.getByTestId("assign-check"));
    expect(await screen.findByTestId("assign-effect")).toHaveTextContent("有变化的人数：1，自 2026-11-01 起（李娜）");
    expect(fake.world.bonusPeople.assignments).toEqual([]);
    await user.click(screen.getByTestId("assign-save"));
    await waitFor(() => expect(screen.queryByTestId("assign-drawer")).toBeNull());
    expect(fake.world.bonusPeople.assignments).toMatchObject([{ plan: "second", person: "p-2", from: "2026-11-01", to: null, target_bonus: { amount: "12000.00" } }]);
    await waitFor(() => expect(screen.getByTestId("plans-p-2")).toHaveTextContent("第二方案2026-11-01 至 2026-12-31"));
    await user.click(await screen.findByTestId("change-undo"));
    await waitFor(() => expect(fake.world.bonusPeople.assignments).toEqual([]));
  });

  it("start with the plan's next period, unless another day is given", async () => {
    const { user } = page(({ world }) => {
      world.planVersions = [{ version: 1, from: null, document: JSON.stringify(SECOND) }];
    });
    await user.click(within(await screen.findByTestId("plans-p-2")).getByRole("checkbox"));
    await user.click(screen.getByTestId("assign"));
    await screen.findByTestId("assign-drawer");
    await choose(user, "assign-plan", "第二方案");
    await waitFor(() => expect(screen.getByTestId("assign-from")).toHaveValue("2027-01-01"));
  });

  it("an overlap is refused where it was entered", async () => {
    const { user } = page(({ world }) => {
      world.bonusPeople.assignments = [{ id: "pa-9", plan: "second", person: "p-2", unit: null, name: "李娜", target_bonus: null, from: "2026-10-01", to: null }];
    });
    await user.click(within(await screen.findByTestId("plans-p-2")).getByRole("checkbox"));
    await user.click(screen.getByTestId("assign"));
    await screen.findByTestId("assign-drawer");
    await choose(user, "assign-plan", "第二方案");
    await user.click(screen.getByTestId("assign-save"));
    expect(await screen.findByTestId("error-state")).toHaveTextContent("李娜：2026-10-01 至");
  });

  it("an assignment that is there is opened and removed", async () => {
    const { user, fake } = page(({ world }) => {
      world.bonusPeople.assignments = [{ id: "pa-9", plan: "second", person: null, unit: "u-hz", name: "杭州组", target_bonus: null, from: "2026-10-01", to: null }];
    });
    const row = await screen.findByTestId("assignment-pa-9");
    await waitFor(() => expect(row).toHaveTextContent("第二方案"));
    await user.click(row);
    await user.click(await screen.findByTestId("assign-remove"));
    await user.click(await screen.findByText(/^删\s*除$/, { selector: ".ant-popconfirm *" }));
    await waitFor(() => expect(fake.world.bonusPeople.assignments).toEqual([]));
  });

  it("whoever may not edit the plan reads it", async () => {
    const { fake } = page();
    fake.world.accounts.all = [{ id: "a-1", name: "auditor", role: "auditor", person: null, person_name: null, staff_number: null, disabled: false, password: "correct horse" }];
    fake.world.accounts.me = "a-1";
    await screen.findByTestId("plans-p-2");
    expect(screen.queryByTestId("assign")).toBeNull();
    expect(within(screen.getByTestId("plans-p-2")).queryByRole("checkbox")).toBeNull();
  });
});
