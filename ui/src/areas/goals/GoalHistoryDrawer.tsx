/** How the goal of one unit or person came to be: each change with the goal before and after. */
import { Drawer } from "antd";
import { ArrowRight } from "lucide-react";
import { useTranslation } from "react-i18next";

import { useRead } from "../../backend/query";
import { Money } from "../../components/figures";
import { ChangeHead } from "../../components/history/ChangeHead";
import { Answer, EmptyState } from "../../components/Page";
import { useGoalMetric } from "./metric";
import "../../components/history/history.css";

interface Props {
  /** Key of the unit or person; null is closed. */
  unit: string | null;
  name: string;
  year: number;
  onClose: () => void;
}

export function GoalHistoryDrawer({ unit, name, year, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Drawer
      open={unit !== null}
      onClose={onClose}
      title={t("history.goal.title", { name, year: String(year) })}
      size={560}
      destroyOnHidden
      data-testid="drawer-goal-history"
    >
      {unit && <Content unit={unit} year={year} />}
    </Drawer>
  );
}

function Content({ unit, year }: { unit: string; year: number }) {
  const { t } = useTranslation();
  const [metric] = useGoalMetric();
  const lines = useRead("list_goal_history", { metric, year, unit });
  return (
    <Answer query={lines}>
      {(rows) =>
        rows.length === 0 ? (
          <EmptyState title={t("history.goal.empty")} />
        ) : (
          <ol className="history-list" data-testid="history-list">
            {rows.map(({ change, from, to }) => (
              <li key={change.id}>
                <ChangeHead change={change} />
                <p className="history-head">
                  <span className="history-from">{from ? <Money value={from} /> : t("history.goal.none")}</span>
                  <ArrowRight size={13} aria-label={t("history.becomes")} />
                  <span className="history-to">{to ? <Money value={to} /> : t("history.goal.none")}</span>
                </p>
              </li>
            ))}
          </ol>
        )
      }
    </Answer>
  );
}
