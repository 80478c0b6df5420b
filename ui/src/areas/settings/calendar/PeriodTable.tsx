/** The periods of a year with their days and working days. */
import { Button } from "antd";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslation } from "react-i18next";

import type { CalendarPeriod, CalendarView } from "../../../backend/generated";
import { formatCount } from "../../../components/format";
import { MessageText } from "../../../components/MessageText";
import { dayBefore, periodLabel } from "../../../components/period";
import { useLanguage } from "../../../i18n";
import { useTerm } from "../../../i18n/say";

interface Props {
  view: CalendarView;
  onYear: (year: number) => void;
}

const DEPTH: Readonly<Record<string, number>> = { year: 0, half: 1, quarter: 2, month: 3 };

export function PeriodTable({ view, onYear }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [whole] = view.periods;
  if (!whole) return null;
  const number = Number(/\d{4}/.exec(whole.period)?.[0] ?? "0");
  const name = t("calendar.table", { year: periodLabel(whole.period, t, language) });
  return (
    <div>
      <div className="calendar-year">
        <Button size="small" type="text" icon={<ChevronLeft size={15} />} aria-label={t("calendar.previous")} onClick={() => onYear(number - 1)} data-testid="calendar-previous" />
        <h3>{name}</h3>
        <Button size="small" type="text" icon={<ChevronRight size={15} />} aria-label={t("calendar.next")} onClick={() => onYear(number + 1)} data-testid="calendar-next" />
      </div>
      {view.unknown_years.length > 0 && (
        <ul className="notes notes-warning" data-testid="calendar-unknown">
          <li>
            <MessageText message={{ code: "holidays_unknown", params: { years: view.unknown_years.join(", ") } }} />
          </li>
        </ul>
      )}
      {/* Scrolls by itself, so that it can be reached by the keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="calendar-table" tabIndex={0} role="region" aria-label={name}>
        <table className="plain-table" data-testid="calendar-periods">
          <thead>
            <tr>
              <th scope="col">{t("calendar.period")}</th>
              <th scope="col">{t("calendar.first")}</th>
              <th scope="col">{t("calendar.last")}</th>
              <th scope="col" className="number">{t("calendar.workingDays")}</th>
            </tr>
          </thead>
          <tbody>
            {view.periods.map((row) => (
              <Row key={row.period} row={row} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function Row({ row }: { row: CalendarPeriod }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const term = useTerm();
  const depth = DEPTH[row.kind] ?? 0;
  return (
    <tr className={`period-${row.kind}`}>
      <th scope="row" style={{ paddingInlineStart: 12 + depth * 16 }}>
        {periodLabel(row.period, t, language)}
        <span className="sr-only"> {term("period_kind", row.kind)}</span>
      </th>
      <td className="figure">{row.start}</td>
      <td className="figure">{dayBefore(row.end)}</td>
      <td className="number figure">{formatCount(row.working_days)}</td>
    </tr>
  );
}
