/** How years are cut, and which built-in list of holidays counts. */
import { Button, Select } from "antd";
import { useId, useState } from "react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { BuiltInHolidays, CalendarRule, Months, NamedBy, WeekDay, YearEnd } from "../../../backend/generated";
import { useCommand } from "../../../backend/query";
import { ErrorState } from "../../../components/ErrorState";
import { monthWord } from "../../../components/period";
import { useChangeToast } from "../../../components/useChangeToast";
import { useLanguage } from "../../../i18n";

const MONTHS_KINDS = { calendar: "calendar", "4-4-5": "445", "4-5-4": "454", "5-4-4": "544" } as const satisfies Record<Months, string>;
const YEAR_ENDS = ["last", "nearest"] as const satisfies readonly YearEnd[];
const WEEK_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const satisfies readonly WeekDay[];
const NAMED = ["start", "end"] as const satisfies readonly NamedBy[];
const HOLIDAYS = ["none", "china"] as const satisfies readonly BuiltInHolidays[];

interface Props {
  rule: CalendarRule;
  holidays: BuiltInHolidays;
  readOnly: boolean;
}

export function RuleForm({ rule: kept, holidays: keptHolidays, readOnly }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const done = useChangeToast();
  const [rule, setRule] = useState(kept);
  const [holidays, setHolidays] = useState(keptHolidays);
  const set = useCommand("set_calendar");
  const change = (part: Partial<CalendarRule>) => setRule({ ...rule, ...part });
  const same = JSON.stringify([rule, holidays]) === JSON.stringify([kept, keptHolidays]);
  const save = () => set.mutate({ rule, holidays }, { onSuccess: () => done(t("calendar.saved")) });
  const choice = <V extends string | number>(label: string, testId: string, value: V, options: { value: V; label: string }[], onChange: (value: V) => void) => (
    <Choice label={label}>
      {(id) => <Select<V> id={id} data-testid={testId} disabled={readOnly} value={value} options={options} onChange={onChange} popupMatchSelectWidth={false} />}
    </Choice>
  );
  const ofWeeks = rule.months !== "calendar";
  return (
    <div className="calendar-rule">
      <div className="calendar-choices">
        {choice(t("calendar.firstMonth"), "calendar-first-month", rule.first_month, Array.from({ length: 12 }, (_, at) => ({ value: at + 1, label: t("common.period.shortMonth", { month: monthWord(at + 1, language) }) })), (first_month) => change({ first_month }))}
        {choice(t("calendar.months"), "calendar-months", rule.months, (Object.keys(MONTHS_KINDS) as Months[]).map((value) => ({ value, label: t(`calendar.monthsKind.${MONTHS_KINDS[value]}`) })), (months) => change({ months }))}
        {ofWeeks && choice(t("calendar.yearEnd"), "calendar-year-end", rule.year_end, YEAR_ENDS.map((value) => ({ value, label: t(`calendar.yearEndBy.${value}`) })), (year_end) => change({ year_end }))}
        {choice(t("calendar.weekStart"), "calendar-week-start", rule.week_start, WEEK_DAYS.map((value) => ({ value, label: t(`calendar.weekDay.${value}`) })), (week_start) => change({ week_start }))}
        {rule.first_month !== 1 && choice(t("calendar.namedBy"), "calendar-named-by", rule.named_by, NAMED.map((value) => ({ value, label: t(`calendar.namedByWhich.${value}`) })), (named_by) => change({ named_by }))}
        {choice(t("calendar.holidays"), "calendar-holidays", holidays, HOLIDAYS.map((value) => ({ value, label: t(`calendar.holidaysOf.${value}`) })), setHolidays)}
      </div>
      {!readOnly && (
        <div className="calendar-save">
          <Button onClick={save} disabled={same} loading={set.isPending} data-testid="calendar-save">
            {t("common.save")}
          </Button>
          <span className="quiet">{t("calendar.later")}</span>
        </div>
      )}
      {set.error && <ErrorState error={set.error} onRetry={save} />}
    </div>
  );
}

function Choice({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="calendar-choice">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}
