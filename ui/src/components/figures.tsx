/** Figures: amounts, percentages and changes, each formatted in one place. */
import { Tooltip } from "antd";
import { useTranslation } from "react-i18next";

import type { Money as MoneyValue, TileValue } from "../backend/generated";
import { useLanguage } from "../i18n";
import {
  compactMoney,
  compactTileValue,
  formatAmount,
  formatChange,
  formatPoints,
  formatMoney,
  formatPercent,
  formatTileValue,
  MISSING,
  signOf,
} from "./format";

/** A missing value: a dash for the eye, a word for the ear. */
function Missing() {
  const { t } = useTranslation();
  return (
    <span className="figure">
      <span aria-hidden>{MISSING}</span>
      <span className="sr-only">{t("common.missing")}</span>
    </span>
  );
}

/** An amount. `bare` leaves the currency to the table's header; `compact` is for tiles, the full figure on hover. */
export function Money(props: { value: MoneyValue | null | undefined; compact?: boolean; bare?: boolean }) {
  const { value, compact, bare } = props;
  const language = useLanguage();
  if (!value) return <Missing />;
  if (!compact) return <span className="figure">{bare ? formatAmount(value) : formatMoney(value)}</span>;
  return (
    <Tooltip title={formatMoney(value)}>
      <span className="figure">{compactMoney(value, language)}</span>
    </Tooltip>
  );
}

/** An exact ratio as percent, never clamped. */
export function Percent({ value }: { value: string | null | undefined }) {
  if (value === null || value === undefined) return <Missing />;
  return <span className="figure">{formatPercent(value)}</span>;
}

/** A tile's figure: short, with the full one on hover. */
export function TileFigure({ value }: { value: TileValue | null | undefined }) {
  const language = useLanguage();
  if (!value) return <Missing />;
  return (
    <Tooltip title={value.unit === "money" ? formatTileValue(value) : undefined}>
      <span className="figure">{compactTileValue(value, language)}</span>
    </Tooltip>
  );
}

/** A change against a comparison: arrow, sign and colour say the same thing. */
export function Change({ value, points = false }: { value: string | null | undefined; points?: boolean }) {
  const language = useLanguage();
  if (value === null || value === undefined) return <Missing />;
  const sign = signOf(value);
  const [mark, name] = sign > 0 ? ["↑", "up"] : sign < 0 ? ["↓", "down"] : ["→", "flat"];
  return (
    <span className={`figure change change-${name}`}>
      <span aria-hidden>{mark}</span> {points ? formatPoints(value, language) : formatChange(value)}
    </span>
  );
}
