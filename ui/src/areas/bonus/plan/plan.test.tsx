/** The plan's form as people use it. */
import { screen, waitFor, within } from "@testing-library/react";
import userEvent, { PointerEventsCheckLevel, type UserEvent } from "@testing-library/user-event";
import { beforeAll, describe, expect, it } from "vitest";

import { renderApp } from "../../../test/render";
import { readPlan } from "./document";

const ADDRESS = "/bonus/plan";

// The page is loaded when it is first asked for; the tests find it there.
beforeAll(() => import("./page"), 30_000);

/** The page with its curve drawn. */
async function plan() {
  const app = renderApp({ address: ADDRESS });
  // Whether a style keeps clicks away is asked of the whole style sheet, at every click.
  const user = userEvent.setup({ pointerEventsCheck: PointerEventsCheckLevel.Never });
  await screen.findByTestId("plan-tiers");
  await waitFor(() => expect(curve()).toMatch(/→/));
  return { ...app, user, kept: () => readPlan(app.fake.world.bonusPlan ?? "") };
}

function curve(): string {
  return screen.getByTestId("plan-curve").querySelector("[role='img']")?.getAttribute("aria-label") ?? "";
}

/** Picks from a choice by its shown name. */
async function choose(user: UserEvent, testId: string, title: string) {
  const select = screen.getByTestId(testId);
  await user.click(select.querySelector("input") as HTMLInputElement);
  const list = await waitFor(() => {
    const id = select.querySelector("input")?.getAttribute("aria-controls") ?? "";
    const found = document.getElementById(id)?.closest(".ant-select-dropdown");
    expect(found).not.toBeNull();
    return found as HTMLElement;
  });
  await user.click(await within(list).findByText(title));
}

async function retype(user: UserEvent, testId: string, text: string) {
  const field = screen.getByTestId(testId);
  await user.clear(field);
  if (text !== "") await user.paste(text);
}

/** Saves, and says yes where it is asked. */
async function save(user: UserEvent) {
  await user.click(screen.getByTestId("plan-save"));
  await user.click(await screen.findByText("保存新版本"));
  await screen.findByText("已保存");
}

describe("a tier", () => {
  it("that is changed changes the curve; one that overlaps says so there, and nothing can be saved", async () => {
    const { user } = await plan();
    const before = curve();
    expect(before).toContain("80% → ¥5,000.00");
    await retype(user, "tier-0-pay", "30");
    await waitFor(() => expect(curve()).toContain("80% → ¥3,000.00"));
    expect(screen.getByTestId("plan-save")).toBeEnabled();
    await retype(user, "tier-0-to", "110");
    const tiers = screen.getByTestId("plan-tiers");
    expect(await within(tiers).findByText(/重叠/)).toBeInTheDocument();
    expect(screen.getByTestId("plan-save")).toBeDisabled();
    expect(screen.getByTestId("component-0").closest("li")).toHaveTextContent("错误");
    await retype(user, "tier-0-to", "");
    await retype(user, "tier-1-from", "high");
    expect(screen.getByTestId("tier-1-from")).toHaveAttribute("aria-invalid", "true");
    expect(tiers).toHaveTextContent("不是有效数字");
  });

  it("that is interpolated has a pay at its end; what is saved is the document with it", async () => {
    const { user, kept } = await plan();
    await choose(user, "tier-0-applies", "线性插值");
    await retype(user, "tier-0-pay-to", "120");
    await waitFor(() => expect(screen.getByTestId("plan-save")).toBeEnabled());
    await save(user);
    expect(kept().components[0]?.rate.tiers[0]).toEqual({
      from: "80%",
      to: "100%",
      applies_to: "interpolated",
      pay: { kind: "percent_of_target_bonus", percent: "50%" },
      pay_to: { kind: "percent_of_target_bonus", percent: "120%" },
    });
  });
});

describe("components", () => {
  it("are added and moved; the one that is open stays open", async () => {
    const { user, kept } = await plan();
    await user.click(screen.getByTestId("plan-add-component"));
    expect(screen.getByTestId("component-1")).toHaveAttribute("aria-current", "true");
    expect(screen.getByTestId("component-zh")).toHaveValue("组成部分 2");
    await retype(user, "component-code", "extra");
    await user.click(screen.getByTestId("component-1-up"));
    expect(screen.getByTestId("component-0")).toHaveAttribute("aria-current", "true");
    expect(screen.getByTestId("component-code")).toHaveValue("extra");
    await waitFor(() => expect(screen.getByTestId("plan-save")).toBeEnabled());
    await save(user);
    expect(kept().components.map(({ code }) => code)).toEqual(["extra", "attainment"]);
  });

  it("go with all their settings, but for the last, and not unasked", async () => {
    const { user } = await plan();
    await user.click(screen.getByTestId("plan-add-component"));
    await user.click(screen.getByTestId("component-0-remove"));
    await user.click(await screen.findByText(/^删\s*除$/, { selector: ".ant-modal-confirm-btns *" }));
    await waitFor(() => expect(screen.queryByTestId("component-1")).toBeNull());
    expect(screen.getByTestId("component-0-remove"), "a plan has at least one").toBeDisabled();
    expect(screen.getByTestId("component-zh"), "what was open stays open").toHaveValue("组成部分 2");
  });
});

describe("settings that do not go together", () => {
  it("cannot be chosen, and the list says why; limits per deal come with transactions", async () => {
    const { user } = await plan();
    expect(screen.getByTestId("plan-part-limits")).not.toHaveTextContent("单笔封顶无");
    await choose(user, "plan-over", "逐笔");
    expect(await screen.findByText("逐笔计发时只能按金额分档。")).toBeInTheDocument();
    expect(screen.getByTestId("plan-part-limits")).toHaveTextContent("单笔封顶");
    await user.click(screen.getByTestId("plan-proration").querySelector("input") as HTMLInputElement);
    const option = await screen.findByText("按日历天数折算（含首尾两天）", { selector: ".ant-select-item-option-content *, .ant-select-item-option-content" });
    const item = option.closest(".ant-select-item-option");
    expect(item).toHaveClass("ant-select-item-option-disabled");
    expect(item?.querySelector(".plan-reason")?.textContent).not.toBe("");
    expect(item?.querySelector(".plan-reason")).toHaveTextContent(/折算/);
  });

  it("of another measure are asked instead: a scorecard has weights that total 100 %", async () => {
    const { user } = await plan();
    await choose(user, "plan-measure", "记分卡");
    expect(screen.queryByTestId("plan-event"), "nothing is credited").toBeNull();
    expect(await screen.findByTestId("plan-weights")).toHaveTextContent("100%");
    await retype(user, "item-0-weight", "60");
    expect(screen.getByTestId("plan-weights")).toHaveTextContent("权重合计 60%，应为 100%");
  });
});

describe("templates", () => {
  it("replace an unchanged plan at once, and ask before they replace what was changed", async () => {
    const { user } = await plan();
    await user.click(screen.getByTestId("plan-templates"));
    await user.click(await screen.findByText("分段累进提成"));
    await waitFor(() => expect(screen.getByTestId("plan-en")).toHaveValue("Marginal commission with accelerator"));
    expect(screen.getByTestId("component-1")).toBeInTheDocument();
    await waitFor(() => expect(curve(), "by amount").toContain("¥100,000"));
    await user.click(screen.getByTestId("plan-templates"));
    await user.click(await screen.findByText("季度目标考核奖金"));
    expect((await screen.findAllByText("用模板“季度目标考核奖金”替换？")).length).toBeGreaterThan(0);
    await user.click(screen.getByText(/^取\s*消$/));
    expect(screen.getByTestId("plan-en")).toHaveValue("Marginal commission with accelerator");
  });
});

describe("the document", () => {
  it("is edited as text, and goes into the form once it can be read", async () => {
    const { user } = await plan();
    await user.click(screen.getByTestId("plan-document-tab"));
    const source = await screen.findByTestId<HTMLTextAreaElement>("plan-source");
    expect(source.value).toContain('percent = "50%"');
    const changed = source.value.replace('percent = "50%"', 'percent = "45%"');
    await user.clear(source);
    await user.click(source);
    await user.paste("nonsense");
    expect(screen.getByTestId("plan-save"), "what is not applied is not saved").toBeDisabled();
    await user.click(screen.getByTestId("plan-apply"));
    expect(await screen.findByTestId("error-state")).toHaveTextContent("第 1 行");
    await user.clear(source);
    await user.click(source);
    await user.paste(changed);
    await user.click(screen.getByTestId("plan-apply"));
    await waitFor(() => expect(screen.getByTestId("tier-0-pay")).toHaveValue("45"));
    expect(screen.queryByTestId("error-state")).toBeNull();
    await waitFor(() => expect(screen.getByTestId("plan-save")).toBeEnabled());
  });
});

describe("whoever may not edit the plan", () => {
  it("reads all of it, and is offered nothing that changes it", async () => {
    const app = renderApp({ address: ADDRESS });
    app.fake.world.accounts.all = [{ id: "a-1", name: "auditor", role: "auditor", person: null, person_name: null, staff_number: null, disabled: false, password: "correct horse" }];
    app.fake.world.accounts.me = "a-1";
    expect(await screen.findByTestId("plan-en")).toBeDisabled();
    expect(screen.getByTestId("tier-0-from")).toBeDisabled();
    for (const gone of ["plan-save", "plan-templates", "plan-add-component", "component-0-remove"]) expect(screen.queryByTestId(gone), gone).toBeNull();
    await userEvent.click(screen.getByTestId("plan-document-tab"));
    expect(await screen.findByTestId("plan-source")).toHaveAttribute("readonly");
    expect(app.fake.calls.some(({ name }) => name === "check_bonus_plan")).toBe(false);
  });
});

describe("versions", () => {
  it("hold from the day that is asked when they are saved; two are compared line by line", async () => {
    const { user, fake } = await plan();
    await retype(user, "tier-0-pay", "45");
    await waitFor(() => expect(screen.getByTestId("plan-save")).toBeEnabled());
    await user.click(screen.getByTestId("plan-save"));
    expect(await screen.findByTestId("save-next"), "the first plan holds all the time").toBeInTheDocument();
    expect(screen.queryByTestId("save-always")).toBeNull();
    await user.click(screen.getByText("保存新版本"));
    await screen.findByText("已保存");
    await retype(user, "tier-0-pay", "40");
    await waitFor(() => expect(screen.getByTestId("plan-save")).toBeEnabled());
    await user.click(screen.getByTestId("plan-save"));
    expect(await screen.findByText("从 2027-01-01 起（下一个尚未批准的周期）")).toBeInTheDocument();
    await user.click(screen.getByText("保存新版本"));
    await waitFor(() => expect(screen.getByTestId("version-2")).toBeInTheDocument());
    const saved = fake.calls.filter(({ name }) => name === "save_bonus_plan").map(({ args }) => (args as { from?: string }).from);
    expect(saved, "the program finds the day").toEqual([undefined, undefined]);
    const versions = screen.getByTestId("plan-versions");
    expect(versions).toHaveTextContent("第 1 版 (当前有效)");
    expect(versions).toHaveTextContent("2026-12-31");
    expect(within(versions).getByTestId("version-2").closest("tr"), "the saved one stays in sight").toHaveAttribute("aria-current", "true");
    await user.click(screen.getByTestId("versions-compare"));
    const drawer = await screen.findByTestId("versions-drawer");
    const changed = [...drawer.querySelectorAll("[data-kind='gone'], [data-kind='new']")].map((line) => line.textContent);
    expect(changed).toHaveLength(2);
    expect(changed[0]).toContain("45%");
    expect(changed[1]).toContain("40%");
  });

  it("that are taken back leave the page: what stands without them is shown", async () => {
    const { user, fake } = await plan();
    for (const percent of ["45", "40"]) {
      await retype(user, "tier-0-pay", percent);
      await waitFor(() => expect(screen.getByTestId("plan-save")).toBeEnabled());
      await user.click(screen.getByTestId("plan-save"));
      await user.click(await screen.findByText("保存新版本"));
      await waitFor(() => expect(screen.getByTestId("plan-save")).toBeDisabled());
    }
    expect(screen.getByTestId("tier-0-pay")).toHaveValue("40");
    const [first] = fake.world.planVersions;
    fake.world.planVersions = fake.world.planVersions.slice(0, 1);
    fake.world.bonusPlan = first?.document ?? null;
    fake.announce("bonus");
    await waitFor(() => expect(screen.getByTestId("tier-0-pay")).toHaveValue("45"));
    expect(screen.queryByTestId("version-2")).toBeNull();
  });
});
