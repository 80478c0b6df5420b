import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";

import type { GetMetric, MetricTable } from "../../../backend/generated";
import { renderApp } from "../../../test/render";
import { recovers, waits } from "../../../test/states";
import { chartCsv, metricCsv } from "./metricCsv";

const ADDRESS = "/performance/explorer?period=2026-Q3";

describe("the KPI explorer", () => {
  it("loads under its name", async () => {
    const { fake } = renderApp({ address: ADDRESS, holds: ["list_metrics"] });
    await waits("业绩", () => fake.release("list_metrics"), () => screen.findByTestId("metric-rows"));
  });

  it("says why the values cannot be read, and tries again", async () => {
    renderApp({ address: ADDRESS, fails: { get_metric: "store_failed" } });
    await recovers(() => screen.findByTestId("metric-rows"));
  });

  it("asks for what the address says: metric, split, comparison, filter", async () => {
    const { fake } = renderApp({ address: `${ADDRESS}&metric=win_rate&form=ranking&by=person&compare=last_year&only=customer_type&part==零售` });
    await screen.findByTestId("metric-rows");
    // The filter's own parts are read by the same command.
    const table = fake.calls.find(({ name, args }) => name === "get_metric" && (args as GetMetric).by === "person");
    const filter = { by: "customer_type", key: "零售" };
    expect(table?.args).toMatchObject({ metric: "win_rate", by: "person", grain: null, compare: "last_year", filter, from: "2026-07-01", to: "2026-10-01" });
    const drawn = fake.calls.find(({ name }) => name === "draw_widget");
    expect(drawn?.args).toMatchObject({
      scope: { unit: null, period: "2026-Q3" },
      shows: { kind: "chart", question: { form: "ranking", metric: "win_rate", by: "person", filter } },
    });
  });

  it("shows and copies nothing of the former question while the next one is read", async () => {
    const { fake, router } = renderApp({ address: `${ADDRESS}&form=table&metric=win_rate&by=team` });
    await screen.findByTestId("metric-rows");
    fake.hold("get_metric");
    await act(() => router.navigate({ to: ".", search: (old: object) => ({ ...old, metric: "won_amount" }) as never }));
    await waitFor(() => expect(screen.queryByTestId("metric-rows")).not.toBeInTheDocument());
    expect(screen.queryByTestId("kpi-copy")).not.toBeInTheDocument();
    fake.release("get_metric");
    await screen.findByTestId("metric-rows");
    // Other days of one question may stand, but are not copied under the new ones.
    fake.hold("get_metric");
    await act(() => router.navigate({ to: ".", search: (old: object) => ({ ...old, period: "2026-Q2" }) as never }));
    await waitFor(() => expect(screen.getByTestId("kpi-copy")).toBeDisabled());
    fake.release("get_metric");
    await waitFor(() => expect(screen.getByTestId("kpi-copy")).toBeEnabled());
  });

  it("says why the parts of a filter cannot be read", async () => {
    const { fake } = renderApp({ address: `${ADDRESS}&form=table&metric=won_amount&by=team` });
    await screen.findByTestId("metric-rows");
    fake.failNext("get_metric", "store_failed", { detail: "disk full" });
    await userEvent.click(within(screen.getByTestId("kpi-filter")).getByRole("combobox"));
    await userEvent.click(await screen.findByTitle("产品"));
    expect(await screen.findByTestId("kpi-filter-failed")).toHaveTextContent("disk full");
  });

  it("draws days of one's own from the same table", async () => {
    const { fake } = renderApp({ address: `${ADDRESS}&by=team&from=2026-02-03&to=2026-05-01` });
    await screen.findByTestId("chart-metric");
    expect(fake.calls.some(({ name }) => name === "draw_widget")).toBe(false);
    await userEvent.click(screen.getByTestId("kpi-range-period"));
    await screen.findByTestId("chart-won_amount");
  });

  it("says what a form cannot show of the question, and no more once something else is chosen", async () => {
    renderApp({ address: `${ADDRESS}&form=ranking&metric=win_rate&by=team&compare=last_year` });
    await screen.findByTestId("metric-rows");
    await userEvent.click(within(screen.getByTestId("kpi-form")).getByRole("combobox"));
    await userEvent.click(await screen.findByTitle("帕累托图"));
    expect(await screen.findByTestId("kpi-fitted")).toHaveTextContent("“帕累托图”不能显示全部所选内容：指标改为“赢单金额”、对比改为“不对比”。");
    await userEvent.click(within(screen.getByTestId("kpi-by")).getByRole("combobox"));
    await userEvent.click(await screen.findByTitle("产品"));
    await waitFor(() => expect(screen.queryByTestId("kpi-fitted")).not.toBeInTheDocument());
  });

  it("asks for the table of a trend over the days that the picture shows", async () => {
    const { fake } = renderApp({ address: `${ADDRESS}&form=trend&metric=won_amount&grain=month` });
    await screen.findByTestId("metric-rows");
    const asked = fake.calls.filter(({ name }) => name === "get_metric").map(({ args }) => args as GetMetric);
    expect(asked.map(({ from, to }) => [from, to])).toEqual([["2025-07-01", "2026-10-01"]]);
  });

  it("has the stages of a funnel beside it, not the one row of the figure, and copies them", async () => {
    const user = userEvent.setup();
    const copied = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
    renderApp({ address: `${ADDRESS}&form=funnel&metric=cohort_win_rate` });
    const rows = await screen.findByTestId("chart-rows");
    expect(screen.queryByTestId("metric-rows")).not.toBeInTheDocument();
    const stages = ["新开", "跟进中", "方案报价", "商务谈判", "赢单"];
    expect(within(rows).getAllByRole("rowheader").map((cell) => cell.textContent)).toEqual(stages);
    await user.click(screen.getByTestId("kpi-copy"));
    await waitFor(() => expect(copied).toHaveBeenCalled());
    expect(copied.mock.calls[0]?.[0].split("\r\n")).toEqual([expect.stringMatching(/,商机$/), ...stages.map((stage, at) => `${stage},${50 - 10 * at}`)]);
    await user.click(within(rows).getByRole("button", { name: "方案报价" }));
    await screen.findByTestId("drawer-metric-records");
  });

  it("says what days that are no calendar period can be drawn as", async () => {
    const { router } = renderApp({ address: `${ADDRESS}&by=team&from=2026-02-03&to=2026-05-01` });
    expect(await screen.findByTestId("kpi-days")).toHaveTextContent("柱形图、排行和表");
    await act(() => router.navigate({ to: ".", search: { period: "2026-Q3", by: "team" } as never }));
    await waitFor(() => expect(screen.queryByTestId("kpi-days")).not.toBeInTheDocument());
  });

  it("writes what is asked into a file, in the chosen format, and says where", async () => {
    const user = userEvent.setup();
    const { fake } = renderApp({ address: `${ADDRESS}&metric=win_rate&form=ranking&by=team` });
    await screen.findByTestId("metric-rows");
    await user.click(screen.getByTestId("kpi-export"));
    await user.click(await screen.findByRole("menuitem", { name: /^PDF/ }));
    expect(await screen.findByText(/win_rate 2026-07-01 2026-10-01\.pdf 已保存到/)).toBeInTheDocument();
    expect(fake.calls.findLast(({ name }) => name === "export_metric")?.args).toMatchObject({
      question: { form: "ranking", metric: "win_rate", by: "team" },
      from: "2026-07-01",
      to: "2026-10-01",
      unit: null,
      format: "pdf",
      language: "zh-CN",
    });
  });

  it("calls the choices by their words for those who hear them", async () => {
    renderApp({ address: `${ADDRESS}&metric=win_rate&form=ranking&by=team` });
    await screen.findByTestId("metric-rows");
    await userEvent.click(within(screen.getByTestId("kpi-by")).getByRole("combobox"));
    const options = await screen.findAllByRole("option");
    const said = options.map((option) => option.textContent);
    expect(said).toContain("团队");
    expect(said.filter((text) => /^[a-z_]+$/.test(text ?? ""))).toEqual([]);
  });

  it("keeps a view, opens it again, and takes it away after a question", async () => {
    const user = userEvent.setup();
    const { fake, router } = renderApp({ address: `${ADDRESS}&metric=win_rate&form=ranking&by=team` });
    await user.click(await screen.findByTestId("view-save"));
    await user.type(await screen.findByTestId("board-name"), "各团队赢单率");
    await user.click(screen.getByTestId("name-save"));
    await waitFor(() => expect(router.state.location.search["view"]).toBe("view-1"));
    const question = { form: "ranking", metric: "win_rate", by: "team", grain: null, compare: null, filter: null, limit: null };
    expect(await fake.call("list_views", {})).toMatchObject([{ name: "各团队赢单率", question, roles: [] }]);
    await waitFor(() => expect(screen.queryByTestId("name-save")).not.toBeInTheDocument());
    expect(screen.queryByTestId("view-keep")).not.toBeInTheDocument();

    await user.click(screen.getByTestId("view-menu"));
    await user.click(await screen.findByRole("menuitem", { name: /删除视图/ }));
    await user.click(await screen.findByTestId("view-remove-confirm"));
    await waitFor(async () => expect(await fake.call("list_views", {})).toEqual([]));
  });

  it("puts what is shown on a new board", async () => {
    const user = userEvent.setup();
    const { fake } = renderApp({ address: `${ADDRESS}&metric=win_rate&form=ranking&by=team` });
    await user.click(await screen.findByTestId("view-to-board"));
    await user.type(await screen.findByTestId("to-board-name"), "例会");
    await user.click(screen.getByTestId("to-board-done"));
    await waitFor(() => expect(screen.queryByTestId("to-board-done")).not.toBeInTheDocument());
    const saved = fake.calls.find(({ name }) => name === "save_board");
    expect(saved?.args).toMatchObject({ id: null, name: "例会", widgets: [{ shows: { kind: "chart", question: { metric: "win_rate", by: "team" } } }] });
  });

  it("opens the records behind a row", async () => {
    const user = userEvent.setup();
    renderApp({ address: `${ADDRESS}&metric=win_rate&form=ranking&by=team` });
    const rows = await screen.findByTestId("metric-rows");
    await user.click((await within(rows).findAllByText(/%$/))[0] as HTMLElement);
    await screen.findByTestId("drawer-metric-records");
  });
});

describe("the copied table", () => {
  const cell = { value: "1/2", shown: "50.0%", reason: null, parts: {}, compared: "40.0%", compared_value: "2/5", change: "1/10", change_shown: "+10.0 pp", compared_reason: null, drill: null };
  const row = (label: string) => ({ key: label, label, staff_number: null, period: null, period_label: null, cell });
  const words = { headers: ["Item", "Value", "Against", "Change"] as const, label: ({ label }: { label: string }) => label, whole: "Whole" };

  it("holds what is shown, with the whole below, and runs no formula", () => {
    const table = { metric: { unit: "ratio" }, rows: [row("=SUM(A1)"), row("a,b")], total: cell } as unknown as MetricTable;
    expect(metricCsv(table, false, words)).toBe("Item,Value\r\n'=SUM(A1),0.5\r\n\"a,b\",0.5\r\nWhole,0.5");
    expect(metricCsv(table, true, words).split("\r\n")[0]).toBe("Item,Value,Against,Change");
  });

  it("has numbers in one form: a share beside its change, one sign for minus", () => {
    const fallen = { ...cell, value: "17/20", shown: "85.0%", compared: "91.4%", compared_value: "457/500", change: "-8/125", change_shown: "−6.4 pp" };
    const table = { metric: { unit: "ratio" }, rows: [{ ...row("a"), cell: fallen }], total: cell } as unknown as MetricTable;
    expect(metricCsv(table, true, words).split("\r\n")[1]).toBe("a,0.85,0.914,-0.064");
  });

  it("has cohorts by ages, as they are drawn", () => {
    const values = [{ raw: "1/4" }, { raw: "1/3" }];
    const unit = { kind: "percent" } as const;
    const places = ["0", "1"].map((key) => ({ key, label: key }));
    const chart = { id: "cohort", kind: "cohort", title: "", subtitle: null, unit, categories: places, note: null } as const;
    const cohorts = [
      { key: "2026-01", label: "Jan", role: "actual" as const, values },
      { key: "2026-02", label: "Feb", role: "actual" as const, values: [{ raw: "0" }, null] },
    ];
    expect(chartCsv({ ...chart, series: cohorts }, "Item")).toBe("Item,0,1\r\nJan,0.25,0.333333\r\nFeb,0,");
  });

  it("leaves empty what has no value", () => {
    const table = { metric: { unit: "ratio" }, rows: [{ ...row("a"), cell: { ...cell, value: null, shown: null } }], total: cell } as unknown as MetricTable;
    expect(metricCsv(table, false, words)).toBe("Item,Value\r\na,");
  });
});
