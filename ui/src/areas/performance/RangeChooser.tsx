/** The days that a question is about: those of the top bar's period until others are chosen. They live in the address. */
import { DatePicker } from "antd";
import dayjs from "dayjs";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import type { Days } from "../../backend/generated";
import { lastDay, parsePeriod } from "../../components/period";
import { useScope } from "../../components/scope";

export interface Range extends Days {
  /** Whether these are the days of the period. */
  isPeriod: boolean;
  set: (days: Days | null) => void;
}

export function useRange(): Range {
  const { period: key } = useScope();
  const search: { from?: string; to?: string } = useSearch({ strict: false });
  const navigate = useNavigate();
  const period = parsePeriod(key);
  const own = { from: period?.start ?? "2026-01-01", to: period?.end ?? "2027-01-01" };
  const [from, to] = [day(search.from), day(search.to)];
  const chosen = from !== null && to !== null && from < to ? { from, to } : null;
  const days = chosen ?? own;
  return {
    ...days,
    isPeriod: days.from === own.from && days.to === own.to,
    set: (next) =>
      void navigate({
        to: ".",
        search: (old: Record<string, unknown>) => ({ ...old, from: next?.from, to: next?.to }) as never,
        replace: true,
      }),
  };
}

export function RangeChooser({ id, range }: { id: string; range: Range }) {
  const { t } = useTranslation();
  const period = parsePeriod(useScope().period);
  return (
    <span className="kpi-field">
      <label htmlFor={id}>{t("performance.kpi.range")}</label>
      <DatePicker.RangePicker
        id={{ start: id, end: `${id}-end` }}
        allowClear={false}
        value={[dayjs(range.from), dayjs(range.to).subtract(1, "day")]}
        onChange={(days) => {
          const [first, last] = days ?? [];
          if (first && last) range.set({ from: first.format("YYYY-MM-DD"), to: last.add(1, "day").format("YYYY-MM-DD") });
        }}
        presets={period ? [{ label: t("frame.period.label"), value: [dayjs(period.start), dayjs(lastDay(period))] }] : []}
      />
    </span>
  );
}

function day(text: string | undefined): string | null {
  return text && /^\d{4}-\d{2}-\d{2}$/.test(text) && dayjs(text).isValid() ? text : null;
}
