/** The period's first figures; each opens the dashboard that explains it. */
import { Link } from "@tanstack/react-router";
import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";

import type { Tile } from "../../backend/generated";
import { useRead } from "../../backend/query";
import { AttainmentBar } from "../../components/AttainmentBar";
import { Change, Money, Percent, TileFigure } from "../../components/figures";
import { periodLabel } from "../../components/period";
import { Answer } from "../../components/Page";
import { useScope } from "../../components/scope";
import { useLanguage, useWord } from "../../i18n";

/** What home shows of the dashboard's tiles, in this order. */
const SHOWN = ["won_amount", "attainment", "won_count", "win_rate"];

export function KeyStrip() {
  const language = useLanguage();
  const { unit, period } = useScope();
  const dashboard = useRead("get_dashboard", { scope: { unit, period }, language });
  const skeleton = (
    <div className="key-strip">
      {SHOWN.map((code) => (
        <div key={code} className="key-tile">
          <Skeleton active title={false} paragraph={{ rows: 3 }} />
        </div>
      ))}
    </div>
  );
  return (
    <Answer query={dashboard} skeleton={skeleton}>
      {({ tiles }) => (
        <div className="key-strip">
          {SHOWN.flatMap((code) => tiles.find((tile) => tile.code === code) ?? []).map((tile) => (
            <KeyTile key={tile.code} tile={tile} />
          ))}
        </div>
      )}
    </Answer>
  );
}

function KeyTile({ tile }: { tile: Tile }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const word = useWord();
  const label = word("home.tile", tile.code);
  return (
    <Link to="/performance" className="key-tile" data-testid={`home-tile-${tile.code}`}>
      <span className="quiet">{label}</span>
      <span className="key-figure">
        <TileFigure value={tile.value} />
      </span>
      {tile.code === "attainment" ? (
        <>
          <AttainmentBar value={tile.attainment} label={label} />
          <span className="quiet">
            {tile.goal ? (
              <>
                {t("home.goal")} <Money value={tile.goal} compact />
              </>
            ) : (
              t("home.noGoal")
            )}
          </span>
        </>
      ) : (
        <span className="quiet">
          {tile.change !== null && tile.compared_with ? (
            <>
              <Change value={tile.change} points={tile.value?.unit === "percent"} />{" "}
              <span className="key-against">{t("home.against", { period: periodLabel(tile.compared_with, t, language) })}</span>
            </>
          ) : tile.attainment ? (
            <>
              {t("home.tile.attainment")} <Percent value={tile.attainment} />
            </>
          ) : (
            t("home.noComparison")
          )}
        </span>
      )}
    </Link>
  );
}
