import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import { renderApp } from "../../../test/render";
import { recovers, waits } from "../../../test/states";

const ADDRESS = "/performance/forecast?period=2026-Q4";

describe("the forecast", () => {
  it("loads under its name", async () => {
    const { fake } = renderApp({ address: ADDRESS, holds: ["get_landing"] });
    await waits("业绩", () => fake.release("get_landing"), () => screen.findByTestId("landing"));
  });

  it("says why it cannot be made, and tries again", async () => {
    renderApp({ address: ADDRESS, fails: { get_forecast: "store_failed" } });
    await recovers(() => screen.findByTestId("forecast-rows"));
  });

  it("shows the landing in parts that are what it says, with interval and goal", async () => {
    renderApp({ address: ADDRESS });
    expect(await screen.findByTestId("landing-won")).toHaveTextContent("¥500.00");
    expect(screen.getByTestId("landing-open")).toHaveTextContent("¥300.25");
    expect(screen.getByTestId("landing-new")).toHaveTextContent("¥100.00");
    expect(screen.getByTestId("landing-total")).toHaveTextContent("¥900.25");
    expect(screen.getByTestId("landing-interval")).toHaveTextContent("700.00 至 1,100.00");
  });

  it("warns with the numbers, in a shape and a word", async () => {
    renderApp({ address: ADDRESS });
    const warnings = await screen.findByTestId("landing-warnings");
    expect(warnings).toHaveTextContent("进度 · 注意");
    expect(warnings).toHaveTextContent("66 个工作日已过 39 个");
  });

  it("lists the open deals with chance, amount's source and reasons", async () => {
    renderApp({ address: ADDRESS });
    const deals = await screen.findByTestId("landing-deals");
    expect(within(deals).getByText("50.0%")).toBeInTheDocument();
    expect(deals).toHaveTextContent("标价 × 75%，该产品赢单 7 个");
    expect(deals).toHaveTextContent("本人 20 个中赢单 12 个");
  });

  it("opens an open deal, with what it would pay", async () => {
    const user = userEvent.setup();
    const { fake } = renderApp({ address: ADDRESS });
    const deals = await screen.findByTestId("landing-deals");
    const open = fake.world.deals.find(({ stage }) => stage === "open");
    await user.click(await within(deals).findByTestId(`landing-deal-${open?.id}`));
    expect(await screen.findByTestId("deal-pay")).toHaveTextContent("这笔商机会带来多少奖金");
  });

  it("says how earlier landings turned out", async () => {
    renderApp({ address: ADDRESS });
    expect(await screen.findByTestId("landing-past")).toHaveTextContent("实际落在区间内：1，共 1");
  });

  it("shows how kept forecasts turned out, and keeps today's", async () => {
    const user = userEvent.setup();
    const { fake } = renderApp({ address: ADDRESS });
    const kept = await screen.findByTestId("kept-forecasts");
    expect(kept).toHaveTextContent("落在区间内：1，共 1；平均偏差 10.0%");
    await user.click(within(kept).getByTestId("keep-forecasts"));
    await screen.findByText("已保存");
    expect(fake.calls.some(({ name }) => name === "keep_forecasts")).toBe(true);
  });

  it("draws no chart of what it does not know, and says what is needed", async () => {
    renderApp({ address: `${ADDRESS}&metric=receipts` });
    expect(await screen.findByTestId("forecast-refused")).toHaveTextContent("数据不足，需要回款记录");
    expect(screen.queryByTestId("chart-forecast")).not.toBeInTheDocument();
  });

  it("has the table behind the chart, and asks for rows by unit", async () => {
    const user = userEvent.setup();
    const { fake } = renderApp({ address: `${ADDRESS}&by=team&grain=month` });
    expect(await screen.findByTestId("chart-forecast")).toBeInTheDocument();
    expect(fake.calls.some(({ name, args }) => name === "get_forecast" && (args as { by: string }).by === "team")).toBe(true);
    expect(screen.getByTestId("forecast-rows")).toHaveTextContent("三种方法的平均");
    expect(screen.getByTestId("forecast-seen")).toHaveTextContent("学习时改用 80.00");
    await user.click(screen.getByTestId("chart-menu-forecast"));
    await user.click(await screen.findByText("以表格显示"));
    expect(within(screen.getByTestId("chart-forecast")).getAllByText("¥150.00").length).toBe(3);
  });
});
