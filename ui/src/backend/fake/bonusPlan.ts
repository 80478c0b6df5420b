/** Plans of the fake: templates, the plan in force, what is known about a plan. */
import { readPlan, type Plan } from "../../areas/bonus/plan/document";
import type { BonusPlanView, PlanVersion } from "../generated";
import { curveOf, problemsOf } from "./bonusRate";
import { fromToml, toToml } from "./bonusToml";
import type { World } from "./company";
import { refuse, type Handlers } from "./fake";

const BANDS: Plan = {
  schema: 2,
  code: "attainment-bands",
  period: "quarter",
  name: { zh: "达成率分档奖金", en: "Attainment bands" },
  components: [
    {
      code: "attainment",
      name: { zh: "达成奖金", en: "Attainment bonus" },
      rate: {
        tiers: [
          { from: "80%", to: "100%", pay: { kind: "percent_of_target_bonus", percent: "50%" } },
          { from: "100%", pay: { kind: "percent_of_target_bonus", percent: "200%" } },
        ],
      },
    },
  ],
};

const COMMISSION: Plan = {
  schema: 2,
  code: "marginal-commission",
  period: "month",
  name: { zh: "分段累进提成", en: "Marginal commission with accelerator" },
  components: [
    {
      code: "commission",
      name: { zh: "销售提成", en: "Commission" },
      rate: {
        by: "amount",
        tiers: [
          { from: "0", to: "100000", applies_to: "marginal", pay: { kind: "percent_of_measure", percent: "2%" } },
          { from: "100000", to: "300000", applies_to: "marginal", pay: { kind: "percent_of_measure", percent: "3%" } },
          { from: "300000", applies_to: "marginal", pay: { kind: "percent_of_measure", percent: "4%" } },
        ],
      },
    },
    {
      code: "override",
      name: { zh: "管理提成", en: "Override" },
      measure: { kind: "earnings", of: "commission" },
      rate: { by: "amount", tiers: [{ from: "0", pay: { kind: "percent_of_measure", percent: "10%" } }] },
    },
  ],
};

const OBJECTIVES: Plan = {
  schema: 2,
  code: "quarterly-objectives",
  period: "quarter",
  name: { zh: "季度目标考核奖金", en: "Quarterly objectives" },
  components: [
    {
      code: "objectives",
      name: { zh: "目标考核奖", en: "Objectives" },
      measure: { kind: "objectives" },
      proration: "calendar_days",
      rate: {
        tiers: [
          { from: "60%", to: "120%", applies_to: "interpolated", pay: { kind: "percent_of_target_bonus", percent: "60%" }, pay_to: { kind: "percent_of_target_bonus", percent: "120%" } },
          { from: "120%", pay: { kind: "percent_of_target_bonus", percent: "120%" } },
        ],
      },
    },
  ],
};

const TEMPLATES = [BANDS, COMMISSION, OBJECTIVES];

export function planOf(world: World): Plan {
  return world.bonusPlan === null ? BANDS : readPlan(world.bonusPlan);
}

/** JSON if it begins with a brace, else TOML. */
export function readAny(text: string): Plan {
  const table = text.trimStart().startsWith("{") ? (JSON.parse(text) as unknown) : fromToml(text);
  const plan = table as Plan;
  if (!Array.isArray(plan.components)) throw refuse("plan_syntax", { format: "TOML", line: "1", column: "1", message: "missing field `components`" });
  return readPlan(JSON.stringify(plan));
}

/** Each holds until the next one starts. */
export function versionsOf(world: World, code: string): PlanVersion[] {
  const kept = world.planVersions.filter(({ document }) => readPlan(document).code === code);
  const days = kept.toSorted((a, b) => ((a.from ?? "") < (b.from ?? "") ? -1 : 1));
  return days.map((one, at) => {
    const to = days[at + 1]?.from ?? null;
    return {
      version: one.version,
      from: one.from,
      to,
      saved_at: "2026-11-24T02:30:00Z",
      today: (one.from ?? "") <= world.today && (to === null || world.today < to),
      document: toToml({ ...readPlan(one.document) }),
    };
  });
}

function view(world: World, plan: Plan): BonusPlanView {
  const problems = problemsOf(plan);
  return {
    version: world.planVersions.at(-1)?.version ?? (world.bonusPlan === null ? 0 : 1),
    plan: JSON.stringify(plan),
    document: toToml({ ...plan }),
    problems,
    curves: problems.some(({ severity }) => severity === "error") ? [] : plan.components.map(curveOf),
    versions: versionsOf(world, plan.code),
  };
}

export const bonusPlanHandlers = {
  get_bonus_plan: ({ plan, version }, { world }) => {
    const kept = world.planVersions.find((one) => one.version === version);
    if (version !== undefined && version !== null && !kept && world.planVersions.length > 0) throw refuse("not_found", { what: "bonus plan", value: plan ?? "" });
    const other = world.otherPlans.map(readPlan).find(({ code }) => code === plan);
    if (kept) return { ...view(world, readPlan(kept.document)), version: kept.version };
    return view(world, other ?? planOf(world));
  },
  list_bonus_templates: () => TEMPLATES.map((plan) => ({ code: plan.code, name_zh: plan.name.zh, name_en: plan.name.en, plan: JSON.stringify(plan) })),
  check_bonus_plan: ({ plan }, { world }) => view(world, readAny(plan)),
  preview_bonus_plan: () => ({ people: 0, names: [], from: null, notes: [] }),
  save_bonus_plan: ({ plan, from }, { world, changed }) => {
    const kept = readAny(plan);
    const [wrong] = problemsOf(kept).filter(({ severity }) => severity === "error");
    if (wrong) throw refuse("invalid_plan", { count: "1", problem: wrong.message.code, ...(wrong.component !== null && { component: wrong.component }) });
    const first = world.planVersions.length === 0;
    const start = from === "0001-01-01" || (from === undefined && first) ? null : (from ?? "2027-01-01");
    world.bonusPlan = JSON.stringify(kept);
    world.planVersions = [...world.planVersions, { version: world.planVersions.length + 1, from: start, document: world.bonusPlan }];
    changed("bonus");
    return view(world, kept);
  },
} satisfies Partial<Handlers>;
