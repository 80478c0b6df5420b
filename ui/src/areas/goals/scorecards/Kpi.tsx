/** A KPI by name, with what is better and its unit; the name leads to its definition and formula. */
import { Link } from "@tanstack/react-router";
import { ArrowDown, ArrowUp, Minus } from "lucide-react";
import { useTranslation } from "react-i18next";

import type { BothWords } from "../../../backend/generated";
import { useRead } from "../../../backend/query";
import { currencySymbol } from "../../../components/format";
import { useLanguage } from "../../../i18n";
import { both } from "../../../i18n/both";

const ARROWS = { higher: ArrowUp, lower: ArrowDown, neutral: Minus } as const;

export function Better({ direction }: { direction: string }) {
  const { t } = useTranslation();
  const known = direction === "higher" || direction === "lower" ? direction : "neutral";
  const Arrow = ARROWS[known];
  return (
    <span className="kpi-better">
      <Arrow size={13} aria-hidden /> {t(`scorecards.better.${known}`)}
    </span>
  );
}

interface Props {
  metric: string;
  name: BothWords;
  direction?: string | undefined;
  unit?: string | undefined;
}

export function Kpi({ metric, name, direction, unit }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const currency = useRead("get_status", {}).data?.currency;
  const word = both(name, language);
  const unitWord = unit === "money" && currency ? currencySymbol(currency).trim() : unit === "days" || unit === "score" ? t(`scorecards.units.${unit}`) : null;
  return (
    <>
      <Link to="/performance/metrics" search={{ metric } as never} title={t("scorecards.result.definition", { name: word })} data-testid={`kpi-${metric}`}>
        {word}
      </Link>
      <span className="kpi-sub quiet">
        {direction !== undefined && <Better direction={direction} />}
        {unitWord !== null && <span>{t("scorecards.unit", { unit: unitWord })}</span>}
      </span>
    </>
  );
}
