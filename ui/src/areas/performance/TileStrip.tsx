/** The strip of key figures. A tile says its value, how it compares, how it went, and opens its records. */
import { useTranslation } from "react-i18next";

import type { Drill, Tile } from "../../backend/generated";
import { AttainmentBar } from "../../components/AttainmentBar";
import { Change, Money, TileFigure } from "../../components/figures";
import { periodLabel } from "../../components/period";
import { useLanguage, useWord } from "../../i18n";
import { Sparkline } from "./Sparkline";

/** More would no longer be seen at a glance. */
const MAX_TILES = 5;

export function TileStrip({ tiles, onOpen }: { tiles: readonly Tile[]; onOpen: (drill: Drill) => void }) {
  const { t } = useTranslation();
  return (
    <section className="tile-strip" aria-label={t("performance.tiles")}>
      {tiles.slice(0, MAX_TILES).map((tile) => (
        <TileButton key={tile.code} tile={tile} onOpen={() => onOpen(tile.drill)} />
      ))}
    </section>
  );
}

function TileButton({ tile, onOpen }: { tile: Tile; onOpen: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const word = useWord();
  const name = word("performance.tile", tile.code);
  return (
    <button type="button" className="tile" onClick={onOpen} data-testid={`tile-${tile.code}`} title={t("performance.tile.open", { name })}>
      <span className="tile-label">{name}</span>
      <span className="tile-line">
        <span className="tile-value" data-testid={`tile-value-${tile.code}`}>
          <TileFigure value={tile.value} />
        </span>
        <Sparkline values={tile.sparkline} />
      </span>
      {tile.attainment !== null && <AttainmentBar value={tile.attainment} label={t("performance.tile.attainment")} />}
      <span className="tile-foot">
        {tile.code === "attainment" ? (
          tile.goal ? (
            <span>
              {t("performance.tile.goal", { amount: "" })}
              <Money value={tile.goal} compact />
            </span>
          ) : (
            t("performance.tile.noGoal")
          )
        ) : tile.change !== null && tile.compared_with !== null ? (
          <>
            <Change value={tile.change} points={tile.value?.unit === "percent"} />{" "}
            <span>{t("performance.tile.compared", { period: periodLabel(tile.compared_with, t, language) })}</span>
          </>
        ) : (
          t("performance.tile.noComparison")
        )}
      </span>
    </button>
  );
}
