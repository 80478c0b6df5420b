/** Objectives of people. */
import { screen, waitFor } from "@testing-library/react";
import userEvent, { PointerEventsCheckLevel } from "@testing-library/user-event";
import { beforeAll, describe, expect, it } from "vitest";

import type { Fake } from "../../../backend/fake";
import { renderApp } from "../../../test/render";
import { recovers } from "../../../test/states";

const ADDRESS = "/bonus/objectives?period=2026-Q4";

beforeAll(() => import("./page"), 30_000);

const OWN = { id: "o-9", person: "p-2", period: "2026-Q4", name: "培训两名新人", weight: "100%", result: null, author: "local", at: "2026-11-20T02:30:00Z" };

function page(change: (fake: Fake) => void = () => undefined) {
  const app = renderApp({ address: ADDRESS });
  app.fake.world.bonusPeople.objectives = [OWN];
  change(app.fake);
  return { ...app, user: userEvent.setup({ pointerEventsCheck: PointerEventsCheckLevel.Never }) };
}

describe("objectives", () => {
  it("says why the list failed, and tries again; nobody's are an empty page", async () => {
    renderApp({ address: ADDRESS, fails: { list_objectives: "store_failed" } });
    await recovers(() => screen.findByText("没有人的方案按任务目标发放"));
  });

  it("are kept only when their weights are the whole, and keep what was judged", async () => {
    const { user, fake } = page();
    await user.click(await screen.findByTestId("objectives-p-2"));
    await user.click(await screen.findByTestId("objective-0-result"));
    await user.paste("80%");
    await user.tab();
    await waitFor(() => expect(fake.world.bonusPeople.objectives[0]?.result).toBe("80%"));
    await user.click(screen.getByTestId("objective-add"));
    await user.click(screen.getByTestId("objective-1-name"));
    await user.paste("完成客户调研");
    await user.click(screen.getByTestId("objective-1-weight"));
    await user.paste("40%");
    expect(screen.getByTestId("objectives-total")).toHaveTextContent("权重合计 140% 应为 100%");
    expect(screen.getByTestId("objectives-save")).toBeDisabled();
    await user.clear(screen.getByTestId("objective-0-weight"));
    await user.click(screen.getByTestId("objective-0-weight"));
    await user.paste("3/5");
    expect(screen.getByTestId("objectives-total")).toHaveTextContent("权重合计 100%");
    await user.click(screen.getByTestId("objectives-save"));
    await waitFor(() => expect(fake.world.bonusPeople.objectives).toHaveLength(2));
    expect(fake.world.bonusPeople.objectives.map(({ name, weight, result }) => [name, weight, result])).toEqual([
      ["培训两名新人", "3/5", "80%"],
      ["完成客户调研", "40%", null],
    ]);
  });

  it("are copied from another person", async () => {
    const { user, fake } = page(({ world }) => {
      world.bonusPlan = JSON.stringify({
        schema: 2,
        code: "quarterly-objectives",
        period: "quarter",
        name: { zh: "季度", en: "Quarterly" },
        components: [{ code: "o", name: { zh: "目标", en: "O" }, measure: { kind: "objectives" }, rate: { tiers: [{ from: "60%", pay: { kind: "percent_of_target_bonus", percent: "60%" } }] } }],
      });
    });
    await user.click(await screen.findByTestId("objectives-p-3"));
    await screen.findByTestId("copy-objectives");
    expect(screen.getByTestId("copy-objectives"), "not from oneself").toBeDisabled();
    await user.click(screen.getByTestId("copy-person").querySelector("input") as HTMLInputElement);
    await user.click(await screen.findByText("李娜 YF1002", { selector: ".ant-select-item-option-content, .ant-select-item-option-content *" }));
    await user.click(screen.getByTestId("copy-objectives"));
    await waitFor(() => expect(fake.world.bonusPeople.objectives.filter(({ person }) => person === "p-3")).toMatchObject([{ name: OWN.name, weight: "100%", result: null }]));
  });

  it("of an approved period are read only", async () => {
    const { user } = page(({ world }) => {
      world.bonusPeople.approved = ["2026-Q4"];
    });
    await user.click(await screen.findByTestId("objectives-p-2"));
    expect(await screen.findByTestId("objective-0-name")).toBeDisabled();
    expect(screen.getByText(/奖金已批准，任务目标不能再改/)).toBeInTheDocument();
    expect(screen.queryByTestId("objective-add")).toBeNull();
  });

  it("a refusal goes with what was refused", async () => {
    const { user, fake } = page();
    await user.click(await screen.findByTestId("objectives-p-2"));
    fake.failNext("judge_objective", "store_failed", { detail: "disk full" });
    await user.click(await screen.findByTestId("objective-0-result"));
    await user.paste("80%");
    await user.tab();
    expect(await screen.findByTestId("error-state")).toHaveTextContent("disk full");
    await user.click(screen.getByTestId("objective-add"));
    await user.click(screen.getByTestId("objectives-discard"));
    expect(screen.queryByTestId("error-state")).toBeNull();
    fake.failNext("set_objectives", "store_failed", { detail: "no room" });
    await user.clear(screen.getByTestId("objective-0-name"));
    await user.click(screen.getByTestId("objective-0-name"));
    await user.paste("别的");
    await user.click(screen.getByTestId("objectives-save"));
    expect(await screen.findByTestId("error-state")).toHaveTextContent("no room");
  });

  it("cannot be judged twice at once", async () => {
    const { user, fake } = page();
    await user.click(await screen.findByTestId("objectives-p-2"));
    fake.hold("judge_objective");
    await user.click(await screen.findByTestId("objective-0-result"));
    await user.paste("80%");
    await user.tab();
    await waitFor(() => expect(screen.getByTestId("objective-0-result")).toBeDisabled());
    fake.release("judge_objective");
    await waitFor(() => expect(screen.getByTestId("objective-0-result")).toBeEnabled());
  });
});
