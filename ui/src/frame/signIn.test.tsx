import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";

import type { AccountRole } from "../backend/generated";
import { renderApp } from "../test/render";

/** A window whose store has an account of each role; nobody is signed in, unless somebody is named. */
function house(me: AccountRole | null, address = "/") {
  const app = renderApp({ address });
  const roles: AccountRole[] = ["hr", "manager", "sales", "auditor"];
  app.fake.world.accounts.all = roles.map((role) => ({
    id: `a-${role}`,
    name: role,
    role,
    person: role === "sales" ? "p-2" : null,
    person_name: null,
    staff_number: null,
    disabled: false,
    password: "correct horse",
  }));
  app.fake.world.accounts.me = me && `a-${me}`;
  return app;
}

async function enter(name: string, password: string) {
  const user = userEvent.setup();
  const field = await screen.findByTestId("sign-in-name");
  await user.clear(field);
  await user.type(field, name);
  await user.type(screen.getByTestId("sign-in-password"), password);
  await user.click(screen.getByTestId("sign-in-submit"));
}

it("shows nothing of the company before somebody has signed in", async () => {
  house(null, "/performance");
  await screen.findByTestId("sign-in");
  expect(screen.queryByTestId("nav-home")).toBeNull();
  expect(screen.queryByTestId("palette-open")).toBeNull();
  expect(document.body).not.toHaveTextContent("云帆科技");
});

it("says what was wrong, keeps the name, and lets in who knows the password", async () => {
  house(null);
  await enter("hr", "wrong");
  expect(await screen.findByTestId("error-state")).toHaveTextContent("账号或密码不正确");
  expect(screen.getByTestId("sign-in-name")).toHaveValue("hr");
  expect(screen.getByTestId("sign-in-password")).toHaveValue("");
  await enter("hr", "correct horse");
  expect(await screen.findByTestId("signed-in")).toHaveTextContent("hr人事");
  expect(screen.queryByTestId("sign-in")).toBeNull();
});

it("signs out to the door, and forgets what was shown", async () => {
  const { fake } = house("hr", "/settings");
  await userEvent.click(await screen.findByTestId("sign-out"));
  await screen.findByTestId("sign-in");
  await enter("sales", "correct horse");
  await screen.findByTestId("signed-in");
  // Answers of the person before are asked for again, not shown.
  await waitFor(() => expect(fake.calls.filter(({ name }) => name === "get_dashboard").length).toBeGreaterThan(0));
  expect(screen.queryByTestId("nav-data")).toBeNull();
});

it.each([
  ["sales", ["home", "goals", "performance", "bonus", "settings"]],
  ["manager", ["home", "goals", "performance", "bonus", "settings"]],
  ["auditor", ["home", "goals", "performance", "bonus", "data", "settings"]],
  ["hr", ["home", "goals", "performance", "bonus", "data", "settings"]],
] as const)("the navigation of %s has only areas with something in them", async (role, areas) => {
  house(role, "/settings");
  await screen.findByTestId("signed-in");
  const shown = screen.getAllByTestId(/^nav-/).map((link) => link.dataset["testid"]?.slice("nav-".length));
  expect(shown).toEqual(areas);
});

it.each([
  ["sales", "本人"],
  ["manager", "所带团队"],
  ["auditor", "全公司"],
] as const)("the figures of %s stand under the name of whose they are", async (role, whole) => {
  house(role);
  await waitFor(() => expect(screen.getByTestId("unit-chooser")).toHaveTextContent(whole));
  const heading = await screen.findByRole("heading", { level: 1 });
  await waitFor(() => expect(heading.parentElement).toHaveTextContent(role === "auditor" ? "云帆科技有限公司" : whole));
});

it("a manager who may see no pay is not told that nothing was run", async () => {
  const { fake } = house("manager", "/bonus");
  fake.world.bonusRuns = [];
  expect(await screen.findByText(/没有您可以查看的奖金单/)).toBeInTheDocument();
  expect(screen.queryByText(/尚未核算/)).toBeNull();
});

it("an auditor finds nothing that changes anything", async () => {
  const { fake, router } = house("auditor", "/bonus");
  await screen.findByTestId("bonus-period");
  expect(screen.queryByTestId("bonus-run")).toBeNull();
  for (const [address, there, gone] of [
    ["/bonus/plan", "plan-tiers", "plan-save"],
    ["/data", "batches", "start-import"],
    ["/goals", "goal-year", "goal-edit"],
    ["/settings", "account-table", "account-add"],
  ] as const) {
    // oxlint-disable-next-line no-await-in-loop -- one page after the other
    await router.navigate({ to: address });
    // oxlint-disable-next-line no-await-in-loop
    await screen.findAllByTestId(there);
    expect(screen.queryByTestId(gone), address).toBeNull();
  }
  expect(fake.calls.some(({ name }) => name === "check_bonus_plan"), "asks only what it may").toBe(false);
  expect(await screen.findByTestId("verify-run"), "may check the data").toBeInTheDocument();
  expect(screen.queryByTestId("restore-pick")).toBeNull();
  expect(fake.calls.some(({ name }) => name === "get_backup_state"), "which only ends in a refusal").toBe(false);
});

it("an auditor reads the history, and is offered nothing that takes it back", async () => {
  const { fake } = house("auditor", "/data/changes");
  await screen.findByTestId("changes");
  expect(screen.getByTestId("sub-audit")).toBeInTheDocument();
  expect(screen.getByTestId("sub-duplicates")).toBeInTheDocument();
  expect(screen.getByTestId("sub-mappings")).toBeInTheDocument();
  expect(screen.queryAllByTestId(/^take-back-/)).toHaveLength(0);
  await userEvent.keyboard("{Control>}z{/Control}");
  // A key that does nothing without a word looks broken.
  expect(await screen.findByText(/当前账号没有这项权限/)).toBeInTheDocument();
  expect(fake.calls.some(({ name }) => name === "get_last_action" || name === "undo_change")).toBe(false);
});

it("an auditor compares duplicates and reads mappings, and decides nothing", async () => {
  const { router } = house("auditor", "/data/duplicates");
  await userEvent.click(await screen.findByText("宏远贸易有限公司"));
  expect(await screen.findByTestId("compare-table")).toBeInTheDocument();
  expect(screen.queryByTestId("merge")).toBeNull();
  expect(screen.queryByTestId("keep-apart")).toBeNull();
  void router.navigate({ to: "/settings" });
  expect(await screen.findByTestId("personal-files")).toBeInTheDocument();
  expect(screen.queryByTestId("personal-make")).toBeNull();
  void router.navigate({ to: "/data/mappings" });
  expect(await screen.findByTestId("export-mapping-CRM 商机")).toBeInTheDocument();
  expect(screen.queryByTestId("delete-mapping-CRM 商机")).toBeNull();
  expect(screen.queryByTestId("import-mapping")).toBeNull();
});

it("a salesperson's board is headed by the salesperson, HR's by the company", async () => {
  const { fake } = house("sales", "/performance?period=2026-Q3");
  const person = (await fake.call("get_organisation", {})).people.find(({ id }) => id === "p-2");
  const heading = await screen.findByText(/2026年第3季度$/, { selector: "p" });
  expect(heading).toHaveTextContent(person?.name ?? "nobody");
  expect(heading).not.toHaveTextContent("云帆科技");
});

it("whoever makes boards takes back what they did to them by key", async () => {
  const { fake } = house("sales", "/performance?period=2026-Q3");
  await screen.findByTestId("board-grid");
  await userEvent.keyboard("{Control>}z{/Control}");
  await waitFor(() => expect(fake.calls.some(({ name }) => name === "undo_change")).toBe(true));
});

it("a salesperson has neither the data pages nor the history of the plan", async () => {
  house("sales", "/bonus/plan");
  await screen.findByTestId("plan-tiers");
  expect(screen.queryByTestId("nav-data")).toBeNull();
  expect(screen.queryByTestId("plan-history")).toBeNull();
  expect(screen.queryByTestId("plan-save")).toBeNull();
});

it("hr goes from the plan to its versions", async () => {
  const { router } = house("hr", "/bonus/plan");
  await userEvent.click(await screen.findByTestId("plan-history"));
  await screen.findByTestId("changes");
  expect(router.state.location.pathname).toBe("/data/changes");
  expect(router.state.location.search).toMatchObject({ kind: "save_plan" });
});
