/** One adjustment whole: why, what it comes from, who entered it and who decided; and the way to its statement. */
import { Link } from "@tanstack/react-router";
import { Button, Drawer } from "antd";
import { useTranslation } from "react-i18next";

import type { AdjustmentRow } from "../../../backend/generated";
import { formatMoment } from "../../../components/format";
import { Money } from "../../../components/figures";
import { useAuthor } from "../../../components/history/ChangeHead";
import { periodLabel } from "../../../components/period";
import { useLanguage } from "../../../i18n";
import { useSay } from "../../../i18n/say";
import { scopeOf } from "../bonusPeriod";
import { DecisionMark } from "./DecisionMark";
import { useDecide } from "./useDecide";

export function AdjustmentDrawer({ row, onRefuse, onClose }: { row: AdjustmentRow; onRefuse: () => void; onClose: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const say = useSay();
  const author = useAuthor();
  const { approve, withdraw } = useDecide();
  const who = (by: string, at: string | null) => t("bonus.cycle.by", { at: formatMoment(at), by: author(by) });
  return (
    <Drawer
      open
      onClose={onClose}
      title={t("bonus.adjustments.details", { name: row.name })}
      size={480}
      data-testid="adjustment-drawer"
      footer={
        (row.may_decide || row.may_withdraw) && (
          <span className="drawer-actions">
            {row.may_withdraw && <Button onClick={() => withdraw(row)} data-testid="adjustment-withdraw">{t("bonus.adjustments.withdraw")}</Button>}
            {row.may_decide && <Button onClick={onRefuse} data-testid="adjustment-refuse">{t("bonus.adjustments.refuseOne")}</Button>}
            {row.may_decide && <Button type="primary" onClick={() => approve([row], () => undefined)} data-testid="adjustment-approve">{t("bonus.adjustments.approveOne")}</Button>}
          </span>
        )
      }
    >
      <p className="adjustment-amount">
        <Money value={row.amount} /> <DecisionMark state={row.state} />
      </p>
      <dl className="adjustment-facts">
        <dt>{t("bonus.adjustments.period")}</dt>
        <dd>
          {periodLabel(row.period, t, language)}{" "}
          <Link to="/bonus" search={{ period: scopeOf(row.period), plan: row.plan, statement: row.person }} data-testid="adjustment-statement">
            {t("bonus.adjustments.statement")}
          </Link>
        </dd>
        {row.reason !== "" && <dt>{t("bonus.adjustments.reason")}</dt>}
        {row.reason !== "" && <dd>{row.reason}</dd>}
        {row.restated !== null && <dt>{t("bonus.adjustments.causes")}</dt>}
        {row.restated !== null && (
          <dd data-testid="adjustment-causes">
            {t("bonus.adjustments.difference", { period: periodLabel(row.restated, t, language) })}
            {row.cause.map((cause, index) => (
              // Two causes may be of one kind.
              // oxlint-disable-next-line react/no-array-index-key
              <span key={`${cause.code}-${index}`} className="adjustment-cause">{say(cause)}</span>
            ))}
          </dd>
        )}
        <dt>{t("bonus.adjustments.entered")}</dt>
        <dd>{who(row.by, row.at)}</dd>
        {row.decided_by !== null && <dt>{t("bonus.adjustments.decided")}</dt>}
        {row.decided_by !== null && (
          <dd>
            {who(row.decided_by, row.decided_at)}
            {row.decision_reason !== null && <span className="adjustment-cause">{row.decision_reason}</span>}
          </dd>
        )}
      </dl>
    </Drawer>
  );
}
