/** Whose years a change moved, the largest first. */
import { Drawer } from "antd";
import { useTranslation } from "react-i18next";

import type { GoalEdited } from "../../../backend/generated";
import { Notes } from "../../../components/MessageText";
import { formatCount } from "../../../components/format";
import { MovedTable } from "./MovedTable";

export function MovedDrawer({ result, onClose }: { result: GoalEdited | null; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Drawer open={result !== null} onClose={onClose} size={820} title={t("goals.grid.result.title")} destroyOnHidden data-testid="goal-moved">
      {result && <Moved result={result} />}
    </Drawer>
  );
}

/** Notes and the table; more than the table holds is said. */
export function Moved({ result }: { result: GoalEdited }) {
  const { t } = useTranslation();
  const { moved, moved_total: total, notes } = result;
  return (
    <div className="grid-moved">
      <Notes messages={notes} />
      {total > moved.length && <p className="quiet">{t("goals.grid.result.largest", { shown: formatCount(moved.length), total: formatCount(total) })}</p>}
      <MovedTable label={t("goals.grid.result.title")} rows={moved} count={moved.length} testId="goal-moved-table" />
    </div>
  );
}
