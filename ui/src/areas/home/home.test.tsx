import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import { brought, house, signedInAs } from "../../test/bonusHouse";
import { renderApp } from "../../test/render";

describe("an empty store", () => {
  it("offers exactly the two ways in", async () => {
    renderApp({ state: "empty" });
    expect(await screen.findByTestId("start-demo")).toHaveTextContent("创建演示公司");
    expect(screen.getByTestId("start-import")).toBeInTheDocument();
    expect(screen.getAllByRole("heading", { level: 2 })).toHaveLength(2);
  });

  it("makes the demo company with the numbers given, and shows it", async () => {
    const user = userEvent.setup();
    const { fake } = renderApp({ state: "empty" });
    await user.click(await screen.findByTestId("demo-options"));
    const people = screen.getByRole("spinbutton", { name: "人数" });
    await user.clear(people);
    await user.type(people, "12");
    await user.click(screen.getByTestId("start-demo"));
    expect(await screen.findByTestId("attention")).toBeInTheDocument();
    const call = fake.calls.find(({ name }) => name === "create_demo");
    expect(call?.args).toEqual({ people: 12, deals: 20_000, years: 3, seed: 7, until: null });
  });

  it("stays empty when the demo is cancelled", async () => {
    const user = userEvent.setup();
    renderApp({ state: "empty", stepMs: 30 });
    await user.click(await screen.findByTestId("start-demo"));
    await user.click(await screen.findByTestId("task-cancel"));
    expect(await screen.findByText("已取消，没有写入任何数据。")).toBeInTheDocument();
    expect(screen.getByTestId("start-demo")).toBeInTheDocument();
  });

  it("goes on to the wizard with the files that the dialog returned", async () => {
    const { router } = renderApp({ state: "empty" });
    await userEvent.click(await screen.findByTestId("start-import"));
    expect(await screen.findByTestId("import-step-files")).toBeInTheDocument();
    expect(router.state.location.pathname).toBe("/data/import");
  });

  it("shows nothing but a way back in the areas that need data", async () => {
    renderApp({ state: "empty", address: "/goals" });
    expect(await screen.findByTestId("to-start")).toBeInTheDocument();
  });
});

describe("who is ahead", () => {
  it("tells two people of one name apart by their numbers", async () => {
    renderApp({ address: "/?period=2025" });
    const items = await within(await screen.findByTestId("home-leaders")).findAllByRole("listitem");
    const texts = items.map((item) => item.textContent ?? "");
    const namesakes = texts.filter((text) => text.includes("王伟"));
    expect(namesakes.length).toBeGreaterThan(0);
    for (const text of namesakes) expect(text).toMatch(/YF\d+/);
    for (const text of texts.filter((one) => !one.includes("王伟"))) expect(text).not.toMatch(/YF/);
  });
});

it("the sentence below the title names the unit that the chooser does", async () => {
  const { fake } = renderApp({ address: "/?unit=u-sh1&period=2026-Q3" });
  const name = fake.world.units.find(({ id }) => id === "u-sh1")?.name;
  expect(await screen.findByText(`${name} · 2026年第3季度`, { selector: ".page-context" })).toBeInTheDocument();
});

describe("an unavailable store", () => {
  it("says why in words, and never offers to start anew", async () => {
    renderApp({ state: "unavailable" });
    // The fake's reason is `store_newer`, whose sentence names both versions.
    expect(await screen.findByTestId("store-unavailable")).toHaveTextContent(/数据版本 9.*请安装最新版本/);
    expect(screen.getByTestId("store-unavailable")).toHaveTextContent("不会写入");
    expect(screen.queryByTestId("start-demo")).toBeNull();
    expect(screen.queryByTestId("start-import")).toBeNull();
  });

  it("advises no backup for a file that is only newer", async () => {
    renderApp({ state: "unavailable" });
    expect(await screen.findByTestId("store-unavailable")).not.toHaveTextContent("备份");
  });

  it("does so in every area that shows data", async () => {
    renderApp({ state: "unavailable", address: "/data" });
    expect(await screen.findByTestId("store-unavailable")).toBeInTheDocument();
  });
});

describe("what needs attention", () => {
  it("leads to its place", async () => {
    const { router } = renderApp();
    await userEvent.click(await screen.findByTestId("attention-rejected"));
    expect(await screen.findByTestId("rejected-rows")).toBeInTheDocument();
    expect(router.state.location.search).toMatchObject({ rejected: "b-1" });
  });

  it("names people without a target bonus and a bonus that was not run", async () => {
    renderApp();
    expect(await screen.findByTestId("attention-no_target_bonus")).toHaveTextContent("3 人没有目标奖金");
    expect(await screen.findByTestId("attention-bonus_not_run")).toHaveTextContent("2026年第3季度");
  });

  it("tells early warnings to who leads, and none to a salesperson", async () => {
    const { fake } = renderApp();
    const warning = await screen.findByTestId("attention-warning-pace");
    expect(warning).toHaveTextContent("：进度落后于目标");
    expect(warning).toHaveTextContent("846.15");
    expect(warning).toHaveAttribute("href", expect.stringContaining("/performance/forecast"));
    expect(screen.queryByTestId("attention-warning-change"), "what is not known is no warning").toBeNull();
    house(fake);
    await signedInAs(fake, "王伟");
    await waitFor(() => expect(screen.queryByTestId("attention-warning-pace")).toBeNull());
  });

  it("tells who is awaited by a bonus cycle, and nobody else", async () => {
    const { fake } = renderApp({ address: "/settings" });
    await screen.findByTestId("company-name");
    await brought(fake, "approve_hr");
    await userEvent.click(screen.getByTestId("nav-home"));
    await screen.findByTestId("attention-no_target_bonus");
    expect(screen.queryByTestId("attention-bonus_waits"), "who approved as HR does not approve payment").toBeNull();
    await signedInAs(fake, "林晓");
    const waits = await screen.findByTestId("attention-bonus_waits");
    expect(waits).toHaveTextContent("2026年第3季度");
    expect(waits).toHaveAttribute("href", expect.stringContaining("period=2026-Q3"));
  });

  it("calls for no bonus of a year without a goal, nor of one whose goal is not split", async () => {
    const { fake } = renderApp({ address: "/settings" });
    await screen.findByTestId("company-name");
    fake.world.goals.delete(2026);
    await userEvent.click(screen.getByTestId("nav-home"));
    expect(await screen.findByTestId("attention-no_goal")).toHaveTextContent("2026");
    await screen.findByTestId("attention-no_target_bonus");
    expect(screen.queryByTestId("attention-bonus_not_run")).toBeNull();
  });

  it("says that there is no data, never that all is ready", async () => {
    const { fake } = renderApp({ address: "/settings" });
    await screen.findByTestId("company-name");
    fake.world.noFacts = true;
    await fake.call("set_preferences", { language: "zh-CN", theme: "light" });
    await userEvent.click(screen.getByTestId("nav-home"));
    expect(await screen.findByTestId("attention-no_data")).toHaveAttribute("href", expect.stringContaining("/data/import"));
    expect(screen.queryByText("目前没有需要处理的事项")).toBeNull();
  });

  it("shows a failure instead of hiding it", async () => {
    const { fake } = renderApp({ address: "/settings" });
    await screen.findByTestId("company-name");
    fake.failNext("get_goal_years", "store_failed", { detail: "disk full" });
    await userEvent.click(screen.getByTestId("nav-home"));
    await waitFor(() => expect(screen.getByTestId("attention")).toHaveTextContent("disk full"));
  });
});

describe("the home of whoever sells", () => {
  it("leads from an open deal to what it would pay them", async () => {
    const user = userEvent.setup();
    const { fake } = renderApp();
    await brought(fake, null);
    await signedInAs(fake, "王伟");
    const [button] = await screen.findAllByTestId(/^open-deal-pays-/);
    await user.click(button as HTMLElement);
    const drawer = await screen.findByTestId("drawer-deal");
    expect(await within(drawer).findByTestId("deal-pay")).toBeInTheDocument();
    expect(within(drawer).getAllByRole("heading", { level: 3 })[0]).toHaveTextContent("这笔商机");
  });

  it("is not that of somebody who sells nothing", async () => {
    const { fake } = renderApp();
    await brought(fake, null);
    await screen.findByTestId("home-leaders");
    expect(screen.queryByTestId("home-open-deals")).toBeNull();
  });
});
