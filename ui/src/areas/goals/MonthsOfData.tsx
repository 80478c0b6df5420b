/** Which months of a year have data: filled squares, and the missing ones in words. */
import { useTranslation } from "react-i18next";

import type { DataYear } from "../../backend/generated";
import { monthWord } from "../../components/period";
import { useLanguage } from "../../i18n";

const MONTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

export function MonthsOfData({ year }: { year: DataYear }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const missing = MONTHS.filter((month) => !year.months.includes(month));
  const words =
    missing.length === 0
      ? t("goals.months.all")
      : t("goals.months.missing", {
          months: missing.map((month) => t("common.period.shortMonth", { month: monthWord(month, language) })).join(t("goals.months.comma")),
        });
  return (
    <span className="months-of-data">
      <span aria-hidden className="month-squares">
        {MONTHS.map((month) => (
          <span key={month} className={year.months.includes(month) ? "month-square month-full" : "month-square"} />
        ))}
      </span>
      <span>{words}</span>
    </span>
  );
}
