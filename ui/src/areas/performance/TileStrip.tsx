/** The strip of key figures. A tile says its value, how it compares, how it went, and opens its records. */
import { Tooltip } from "antd";
import { useTranslation } from "react-i18next";

import type { MetricDrill, MetricTile } from "../../backend/generated";
import { useRead } from "../../backend/query";
import { AttainmentBar } from "../../components/AttainmentBar";
import { Change, Money } from "../../components/figures";
import { compactMoney, formatDecimal, formatMoney, formatPercent, MISSING } from "../../components/format";
import { periodLabel } from "../../components/period";
import { useLanguage, type Language } from "../../i18n";
import { useSay } from "../../i18n/say";
import { both } from "../../i18n/both";
import { Sparkline } from "./Sparkline";

interface Props {
  tiles: readonly MetricTile[];
  onOpen?: ((drill: MetricDrill) => void) | undefined;
}

export function TileStrip({ tiles, onOpen }: Props) {
  const { t } = useTranslation();
  return (
    <section className="tile-strip" aria-label={t("performance.tiles")}>
      {tiles.map((tile) => (
        <TileButton key={tile.metric.code} tile={tile} onOpen={onOpen} />
      ))}
    </section>
  );
}

function TileButton({ tile, onOpen }: Pick<Props, "onOpen"> & { tile: MetricTile }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const say = useSay();
  const { metric, cell, compared_with: with_ } = tile;
  const currency = useRead("get_status", {}).data?.currency;
  const name = both(metric.name, language);
  const { drill } = cell;
  // What is reached is said beside the goal that it is of.
  const goal = metric.code === "attainment" ? tile.goal : null;
  return (
    <button
      type="button"
      className="tile"
      onClick={() => drill && onOpen?.(drill)}
      data-testid={`tile-${metric.code}`}
      title={t("performance.tile.open", { name })}
    >
      <span className="tile-label">{name}</span>
      <span className="tile-line">
        <span className="tile-value figure" data-testid={`tile-value-${metric.code}`}>
          <Tooltip title={cell.reason ? say(cell.reason) : fullFigure(tile)}>{shortFigure(tile, language)}</Tooltip>
        </span>
        <Sparkline values={tile.sparkline} />
      </span>
      {tile.attainment !== null && <AttainmentBar value={tile.attainment} label={t("performance.tile.attainment")} />}
      <span className="tile-foot">
        {goal !== null ? (
          <span>
            {t("performance.tile.goal", { amount: "" })}
            <Money value={currency ? { amount: goal, currency } : null} compact />
          </span>
        ) : cell.value === null && cell.reason ? (
          say(cell.reason)
        ) : cell.change !== null && with_ !== null ? (
          <>
            <Change value={cell.change} points={metric.unit === "ratio"} />{" "}
            <span>{t("performance.tile.compared", { period: periodLabel(with_, t, language) })}</span>
          </>
        ) : (
          t("performance.tile.noComparison")
        )}
      </span>
    </button>
  );
}

/** Short, as tiles and charts write it. */
function shortFigure({ metric, cell, currency }: MetricTile, language: Language) {
  if (cell.value === null) return <span>{MISSING}</span>;
  if (currency !== null) return <span>{compactMoney({ amount: cell.value, currency }, language)}</span>;
  return <span>{metric.unit === "ratio" ? formatPercent(cell.value, metric.decimals) : formatDecimal(cell.shown)}</span>;
}

/** The whole amount, where it was cut short. */
function fullFigure({ cell, currency }: MetricTile): string | undefined {
  return currency !== null && cell.shown !== null ? formatMoney({ amount: cell.shown, currency }) : undefined;
}
