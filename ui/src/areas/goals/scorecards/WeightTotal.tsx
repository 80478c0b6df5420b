/** What the weights total, what is missing to 100 %, and the button that balances them. */
import { Button } from "antd";
import { CircleCheck, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { shareShown } from "./exact";
import { balanced, totalOf, type WeightRow } from "./weightDraft";

interface Props {
  rows: readonly WeightRow[];
  /** What is wrong with the whole. */
  wrong: ReactNode;
  tried: boolean;
  onChange: (rows: WeightRow[]) => void;
}

export function WeightTotal({ rows, wrong, tried, onChange }: Props) {
  const { t } = useTranslation();
  const { total, rest, readable } = totalOf(rows);
  const whole = readable && rest.n === 0n && rows.length > 0;
  const Sign = whole ? CircleCheck : TriangleAlert;
  const off = rest.n > 0n ? t("scorecards.edit.missing", { rest: shareShown(rest) }) : rest.n < 0n ? t("scorecards.edit.excess", { rest: shareShown({ n: -rest.n, d: rest.d }) }) : null;
  return (
    <div className="kpi-weight-total">
      <span className={whole ? "kpi-whole" : "kpi-not-whole"} role="status" data-testid="weights-total">
        <Sign size={15} aria-hidden /> <strong className="figure">{t("scorecards.edit.total", { total: shareShown(total) })}</strong>{" "}
        {whole ? t("scorecards.edit.exact") : (off ?? t("scorecards.edit.unreadable"))}
      </span>
      <Button size="small" disabled={whole || rows.length === 0} onClick={() => onChange(balanced(rows))} title={t("scorecards.edit.balanceHelp")} data-testid="weights-balance">
        {t("scorecards.edit.balance")}
      </Button>
      {(wrong ?? (tried && !whole)) && (
        <span className="kpi-wrong" role="alert">{wrong ?? t("scorecards.edit.mustTotal")}</span>
      )}
      <span className="quiet kpi-balance-help">{t("scorecards.edit.balanceHelp")}</span>
    </div>
  );
}
