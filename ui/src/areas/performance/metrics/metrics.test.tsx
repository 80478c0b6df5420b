import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import { renderApp } from "../../../test/render";
import { recovers, waits } from "../../../test/states";

const ADDRESS = "/performance/metrics?period=2026-Q3";

describe("the KPI library", () => {
  it("loads under its name", async () => {
    const { fake } = renderApp({ address: ADDRESS, holds: ["list_metrics"] });
    await waits("业绩", () => fake.release("list_metrics"), () => screen.findByTestId("metric-rows"));
  });

  it("says why the values cannot be read, and tries again", async () => {
    renderApp({ address: ADDRESS, fails: { get_metric: "store_failed" } });
    await recovers(() => screen.findByTestId("metric-rows"));
  });

  it("shows the written definition with formula, measures and source", async () => {
    renderApp({ address: `${ADDRESS}&metric=win_rate` });
    const definition = await screen.findByTestId("metric-definition");
    expect(definition).toHaveTextContent("won_count / (won_count + lost_count)");
    expect(definition).toHaveTextContent("赢单商机的个数（结束日）".replace("（", " (").replace("）", ")"));
    expect(definition).toHaveTextContent("Marketing Metrics");
  });

  it("says what is missing in place of a value, and draws no chart of it", async () => {
    renderApp({ address: `${ADDRESS}&metric=receipts&grain=month` });
    const rows = await screen.findByTestId("metric-rows");
    expect(within(rows).getAllByText("数据不足，需要回款记录").length).toBeGreaterThan(0);
    expect(screen.queryByTestId("chart-metric")).not.toBeInTheDocument();
  });

  it("opens the records of each measure behind a value", async () => {
    const user = userEvent.setup();
    const { fake } = renderApp({ address: `${ADDRESS}&metric=win_rate&by=team` });
    const rows = await screen.findByTestId("metric-rows");
    const cells = await within(rows).findAllByText(/%$/);
    await user.click(cells[0] as HTMLElement);
    await screen.findByTestId("drawer-metric-records");
    const asked = fake.calls.filter(({ name }) => name === "list_metric_records");
    expect(asked[0]?.args).toMatchObject({ measure: "won_count", drill: { metric: "win_rate", by: "team" } });
  });

  it("holds a metric against what it can be held against, and says where it cannot", async () => {
    renderApp({ address: `${ADDRESS}&metric=win_rate&compare=goal` });
    const rows = await screen.findByTestId("metric-rows");
    expect((await within(rows).findAllByText(/^这个指标没有可分解的目标/)).length).toBeGreaterThan(0);
  });

  it("calls a share of a goal attainment, and a change change", async () => {
    const { router } = renderApp({ address: `${ADDRESS}&metric=won_amount&by=team&compare=goal` });
    const heads = async () => within(await screen.findByTestId("metric-rows")).getAllByRole("columnheader").map((head) => head.textContent);
    await waitFor(async () => expect(await heads()).toContain("达成率"));
    expect(await heads()).not.toContain("变化");
    await act(() => router.navigate({ to: ".", search: (old: object) => ({ ...old, compare: "last_year" }) as never }));
    await waitFor(async () => expect(await heads()).toContain("变化"));
    expect(await heads()).not.toContain("达成率");
  });
});

describe("own KPIs", () => {
  it("are not thrown away without a question while they are written", { timeout: 60_000 }, async () => {
    const user = userEvent.setup({ delay: null });
    renderApp({ address: `${ADDRESS}&metric=win_rate` });
    await user.click(await screen.findByTestId("own-open"));
    await user.click(await screen.findByTestId("own-add"));
    await screen.findByTestId("own-form");
    // Nothing is lost yet.
    await user.click(screen.getByRole("button", { name: "取消" }));
    await user.click(await screen.findByTestId("own-add"));
    await user.type(document.getElementById("own-code") as HTMLElement, "per_deal");
    await user.keyboard("{Escape}");
    await user.click(await screen.findByRole("button", { name: "继续填写" }));
    expect(document.getElementById("own-code")).toHaveValue("per_deal");
    await user.click(within(screen.getByTestId("own-form")).getByRole("button", { name: "取消" }));
    await user.click(await screen.findByTestId("own-leave"));
    await waitFor(() => expect(screen.queryByTestId("own-form")).not.toBeInTheDocument());
  });

  const texts = async (user: UserEvent) => {
    for (const field of ["name", "definition", "source"]) {
      for (const one of ["zh", "en"]) await user.type(document.getElementById(`own-${field}-${one}`) as HTMLElement, `${field} ${one}`);
    }
  };

  it("are checked while they are written, kept, changed and removed", { timeout: 60_000 }, async () => {
    const user = userEvent.setup({ delay: null });
    const { fake } = renderApp({ address: `${ADDRESS}&metric=win_rate` });
    await user.click(await screen.findByTestId("own-open"));
    expect(await screen.findByText("还没有自定义指标")).toBeInTheDocument();
    await user.click(screen.getByTestId("own-add"));
    const formula = (await screen.findByTestId("own-form")).querySelector("#own-formula") as HTMLElement;
    await user.type(document.getElementById("own-code") as HTMLElement, "per_deal");
    await user.type(formula, "won_amount /");
    expect(await screen.findByTestId("own-problem-formula")).toHaveTextContent("公式没有写完");
    expect(screen.queryByTestId("own-problem-name")).not.toBeInTheDocument();
    await user.type(formula, " won_count");
    await waitFor(() => expect(screen.queryByTestId("own-problem-formula")).not.toBeInTheDocument());
    // The definition stands there as it will be listed.
    const form = screen.getByTestId("own-form");
    expect(await within(form).findByTestId("metric-definition")).toHaveTextContent("won_amount / won_count");
    await user.click(screen.getByTestId("own-save"));
    expect(await screen.findByTestId("own-problem-name")).toBeInTheDocument();
    expect(fake.calls.some(({ name }) => name === "keep_metric")).toBe(false);
    await texts(user);
    await user.click(screen.getByTestId("own-save"));
    const drawer = await screen.findByTestId("own-metrics");
    await user.click(await within(drawer).findByText("per_deal"));
    expect(document.getElementById("own-code")).toBeDisabled();
    await user.click(screen.getByTestId("own-remove"));
    await user.click(await screen.findByTestId("own-remove-confirm"));
    expect(await screen.findByText("还没有自定义指标")).toBeInTheDocument();
    expect(fake.calls.findLast(({ name }) => name === "remove_metric")?.args).toEqual({ code: "per_deal" });
  });

  it("are for who may edit the company", async () => {
    renderApp({ address: ADDRESS, personal: true });
    await screen.findByTestId("metric-rows");
    expect(screen.queryByTestId("own-open")).not.toBeInTheDocument();
  });
});
