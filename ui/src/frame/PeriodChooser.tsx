/** Chooses a year, quarter, month or week: arrows step, the panel shows a year at a glance. */
import { Popover, Segmented } from "antd";
import { CalendarDays, ChevronLeft, ChevronRight } from "lucide-react";
import { useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";

import {
  containing,
  lastDay,
  parsePeriod,
  periodLabel,
  periods,
  shift,
  shortPeriodLabel,
  type Kind,
  type Period,
} from "../components/period";
import { useScope } from "../components/scope";
import { useLanguage } from "../i18n";

const KINDS = ["year", "quarter", "month", "iso_week"] as const;
/** Columns of the panel; also what the up and down keys move by. */
const COLUMNS: Record<Kind, number> = { year: 3, quarter: 2, month: 4, iso_week: 7, cut_week: 7 };

export function PeriodChooser() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { period: key, setPeriod } = useScope();
  const [open, setOpen] = useState(false);
  const period = parsePeriod(key);
  if (!period) return null;
  return (
    <div className="period-chooser" role="group" aria-label={t("frame.period.label")}>
      <button
        type="button"
        className="icon-button"
        aria-label={t("frame.period.previous")}
        data-testid="period-previous"
        onClick={() => setPeriod(shift(period, -1).key)}
      >
        <ChevronLeft size={16} aria-hidden />
      </button>
      <Popover
        open={open}
        onOpenChange={setOpen}
        trigger="click"
        placement="bottom"
        destroyOnHidden
        content={
          <PeriodPanel
            period={period}
            onChoose={(chosen) => {
              setPeriod(chosen.key);
              setOpen(false);
            }}
          />
        }
      >
        <button type="button" className="period-button" data-testid="period-chooser" data-period={key} aria-expanded={open}>
          <CalendarDays size={15} strokeWidth={1.75} aria-hidden />
          <span className="figure">{periodLabel(key, t, language)}</span>
        </button>
      </Popover>
      <button
        type="button"
        className="icon-button"
        aria-label={t("frame.period.next")}
        data-testid="period-next"
        onClick={() => setPeriod(shift(period, 1).key)}
      >
        <ChevronRight size={16} aria-hidden />
      </button>
    </div>
  );
}

/** Periods of a kind in a year; years come as a dozen around it. */
function choices(kind: Kind, year: number): Period[] {
  if (kind === "year") return periods("year", `${year - 5}-01-01`, `${year + 7}-01-01`);
  const all = periods(kind, `${year}-01-01`, `${year + 1}-01-01`);
  return all.filter((period) => period.year === year);
}

function PeriodPanel({ period, onChoose }: { period: Period; onChoose: (period: Period) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [kind, setKind] = useState<Kind>(period.kind === "cut_week" ? "iso_week" : period.kind);
  const [year, setYear] = useState(period.year);
  const list = choices(kind, year);
  const current = containing(kind, period.kind === kind ? period.start : lastDay(period)).key;
  const focusKey = list.some((choice) => choice.key === current) ? current : list[0]?.key;
  const step = kind === "year" ? 12 : 1;
  return (
    <div className="period-panel">
      <Segmented<Kind>
        block
        size="small"
        aria-label={t("frame.period.kind")}
        value={kind}
        onChange={setKind}
        options={KINDS.map((value) => ({ value, label: t(`frame.period.${value === "iso_week" ? "week" : value}`) }))}
      />
      <div className="period-panel-year">
        <button type="button" className="icon-button" aria-label={t("frame.period.previousYear")} onClick={() => setYear(year - step)}>
          <ChevronLeft size={16} aria-hidden />
        </button>
        <strong className="figure">
          {kind === "year" ? `${list[0]?.key}–${list.at(-1)?.key}` : t("common.period.year", { year: String(year) })}
        </strong>
        <button type="button" className="icon-button" aria-label={t("frame.period.nextYear")} onClick={() => setYear(year + step)}>
          <ChevronRight size={16} aria-hidden />
        </button>
      </div>
      <div
        className={`period-grid period-grid-${kind}`}
        // Its cells take the focus, one at a time.
        tabIndex={-1}
        role="toolbar"
        aria-label={t("frame.period.choose")}
        onKeyDown={(event) => moveFocus(event, COLUMNS[kind])}
      >
        {list.map((choice) => (
          <button
            key={choice.key}
            type="button"
            className="period-cell"
            aria-pressed={choice.key === period.key}
            aria-label={periodLabel(choice.key, t, language)}
            data-period={choice.key}
            tabIndex={choice.key === focusKey ? 0 : -1}
            title={`${choice.start} – ${lastDay(choice)}`}
            onClick={() => onChoose(choice)}
          >
            {kind === "iso_week" ? String(choice.part).padStart(2, "0") : shortPeriodLabel(choice.key, t, language)}
          </button>
        ))}
      </div>
    </div>
  );
}

/** Arrow keys, Home and End move between the cells of a grid. */
function moveFocus(event: KeyboardEvent<HTMLElement>, columns: number): void {
  const cells = [...event.currentTarget.querySelectorAll<HTMLElement>("button")];
  const at = cells.indexOf(document.activeElement as HTMLElement);
  const moves: Record<string, number> = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    ArrowUp: at - columns,
    ArrowDown: at + columns,
    Home: 0,
    End: cells.length - 1,
  };
  const next = moves[event.key];
  if (next === undefined || at < 0) return;
  event.preventDefault();
  cells[Math.max(0, Math.min(cells.length - 1, next))]?.focus();
}
