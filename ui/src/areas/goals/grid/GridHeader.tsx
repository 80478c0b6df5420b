/** The headers: what stays, and quarters over months over weeks. */
import { memo } from "react";
import { useTranslation } from "react-i18next";

import { currencySymbol } from "../../../components/format";
import { dayBefore, periodLabel, shortPeriodLabel } from "../../../components/period";
import { useLanguage } from "../../../i18n";
import { FIXED_COUNT, HEADER_PX, type Col, type Layout } from "./layout";

interface Props {
  layout: Layout;
  first: number;
  last: number;
  year: number;
  currency: string;
}

export const GridHeader = memo(function GridHeader({ layout, first, last, year, currency }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const low = layout.groups.length;
  const places = [...layout.cols.keys()].filter((place) => place < FIXED_COUNT || (place >= first && place <= last));
  return (
    <div role="rowgroup" className="grid-head" style={{ height: (low + 1) * HEADER_PX, width: layout.width }}>
      {layout.groups.map((groups, level) => (
        // The level is what the row is.
        // oxlint-disable-next-line react/no-array-index-key
        <div role="row" key={level} aria-rowindex={level + 1} className="grid-head-row" style={{ top: level * HEADER_PX, width: layout.width }}>
          {/* Headers that scroll away pass below what stays. */}
          <div className="grid-head-cover" style={{ width: layout.fixedWidth }} aria-hidden />
          {groups
            .filter(({ start, span }) => start <= last && start + span > first)
            .map(({ period, left, width, start, span }) => (
              <div key={period} role="columnheader" className="grid-group" style={{ left, width }} aria-colindex={start + 1} aria-colspan={span} tabIndex={-1}>
                <span style={{ left: layout.fixedWidth + 8 }}>{shortPeriodLabel(period, t, language)}</span>
              </div>
            ))}
        </div>
      ))}
      <div role="row" aria-rowindex={low + 1} className="grid-head-row grid-head-low" style={{ top: low * HEADER_PX, width: layout.width }}>
        {places.map((place) => {
          const col = layout.cols[place] as Col;
          return (
            <div
              key={col.key}
              role="columnheader"
              tabIndex={-1}
              className={col.fixed ? `grid-head-cell grid-fixed grid-of-${col.fixed}` : "grid-head-cell"}
              style={{ left: col.left, width: col.width }}
              aria-colindex={place + 1}
              title={titleOf(col)}
            >
              {labelOf(col)}
            </div>
          );
        })}
      </div>
    </div>
  );

  function labelOf(col: Col): string {
    const symbol = currencySymbol(currency).trim();
    if (col.fixed === "name") return t("goals.table.unit");
    if (col.fixed === "year") return t("goals.table.year", { year: String(year), symbol });
    if (col.fixed === "growth") return t("goals.grid.growth");
    if (col.fixed === "history") return t("goals.grid.history");
    const label = shortPeriodLabel(col.period?.period ?? "", t, language);
    return col.whole ? t("goals.grid.whole", { period: label }) : label;
  }

  function titleOf(col: Col): string | undefined {
    if (col.fixed === "history") return t("goals.grid.historyTitle", { year: String(year - 1) });
    if (col.fixed === "growth") return t("goals.grid.growthTitle", { year: String(year - 1) });
    if (col.fixed || !col.period) return undefined;
    const { period, start, end } = col.period;
    return `${periodLabel(period, t, language)} · ${start} – ${dayBefore(end)}`;
  }
});
