import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
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
    expect((await within(rows).findAllByText("这个指标没有目标，目标按赢单金额设定")).length).toBeGreaterThan(0);
  });
});
