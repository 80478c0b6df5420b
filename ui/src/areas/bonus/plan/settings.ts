/** A plan's settings as a form: what cannot be read is found here, what is unwise by the program. */
import type { BonusPlanSettings, TierSettings } from "../../../backend/generated";
import { compareExact, parseTyped } from "../../../components/format";

export type Edge = "lower" | "upper";
export type AppliesTo = "all" | "excess";

/** A field that cannot be read: `name_zh`, `default_target_bonus`, or `tiers.1.to_percent`. */
export type FieldErrors = ReadonlyMap<string, "missing" | "number" | "negative" | "empty_tier">;

const PERCENT = /^\d{1,6}(\.\d{1,6})?$/;

/** Settings as the program wants them: plain decimals, blanks as "none". */
export function cleaned(settings: BonusPlanSettings): BonusPlanSettings {
  const bonus = settings.default_target_bonus?.trim() ?? "";
  return {
    ...settings,
    name_zh: settings.name_zh.trim(),
    name_en: settings.name_en.trim(),
    default_target_bonus: bonus === "" ? null : (parseTyped(bonus) ?? bonus),
    tiers: settings.tiers.map((tier) => ({
      ...tier,
      from_percent: percentText(tier.from_percent),
      to_percent: tier.to_percent === null || tier.to_percent.trim() === "" ? null : percentText(tier.to_percent),
      pays_percent: percentText(tier.pays_percent),
    })),
  };
}

function percentText(text: string): string {
  const plain = text.normalize("NFKC").replace("%", "").trim();
  return parseTyped(plain) ?? plain;
}

/** What stands in the way of asking the program. */
export function fieldErrors(settings: BonusPlanSettings): FieldErrors {
  const errors = new Map<string, "missing" | "number" | "negative" | "empty_tier">();
  const clean = cleaned(settings);
  if (clean.name_zh === "") errors.set("name_zh", "missing");
  if (clean.name_en === "") errors.set("name_en", "missing");
  const bonus = clean.default_target_bonus;
  if (bonus !== null && parseTyped(bonus) === null) errors.set("default_target_bonus", "number");
  else if (bonus?.startsWith("-")) errors.set("default_target_bonus", "negative");
  clean.tiers.forEach((tier, index) => tierErrors(tier, `tiers.${index}`, errors));
  return errors;
}

function tierErrors(tier: TierSettings, path: string, errors: Map<string, "missing" | "number" | "negative" | "empty_tier">) {
  const check = (field: "from_percent" | "to_percent" | "pays_percent") => {
    const text = tier[field];
    if (text === null) return;
    if (text.startsWith("-")) errors.set(`${path}.${field}`, "negative");
    else if (!PERCENT.test(text)) errors.set(`${path}.${field}`, text === "" ? "missing" : "number");
  };
  check("from_percent");
  check("to_percent");
  check("pays_percent");
  const { from_percent: from, to_percent: to } = tier;
  if (to !== null && !errors.has(`${path}.to_percent`) && !errors.has(`${path}.from_percent`) && compareExact(to, from) <= 0) {
    errors.set(`${path}.to_percent`, "empty_tier");
  }
}

/** Whether anyone would be paid differently: everything but the names. */
export function changesPay(before: BonusPlanSettings, after: BonusPlanSettings): boolean {
  return payPart(cleaned(before)) !== payPart(cleaned(after));
}

function payPart({ tiers, edge, default_target_bonus }: BonusPlanSettings): string {
  return JSON.stringify({ tiers, edge, default_target_bonus });
}

/** Whether there is anything to save. */
export function differs(before: BonusPlanSettings, after: BonusPlanSettings): boolean {
  const [a, b] = [cleaned(before), cleaned(after)];
  return changesPay(a, b) || a.name_zh !== b.name_zh || a.name_en !== b.name_en;
}

/** A tier above the last one: it starts where that one ends. */
export function nextTier(tiers: readonly TierSettings[]): TierSettings[] {
  const last = tiers.at(-1);
  if (!last) return [{ from_percent: "80", to_percent: null, pays_percent: "50", applies_to: "all" }];
  const from = last.to_percent ?? "120";
  return [
    ...tiers.slice(0, -1),
    { ...last, to_percent: from },
    { from_percent: from, to_percent: null, pays_percent: last.pays_percent, applies_to: last.applies_to },
  ];
}
