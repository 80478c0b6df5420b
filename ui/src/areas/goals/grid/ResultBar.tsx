/** What the last change did, in one quiet line, with the way back and the details. */
import { Button } from "antd";
import { X } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import type { GoalDifference } from "../../../backend/generated";
import { formatCount } from "../../../components/format";
import { useTakeBack } from "../../../components/history/useTakeBack";
import { difference, signed } from "./growth";
import { MovedDrawer } from "./MovedDrawer";
import type { Outcome } from "./useEdits";

/** So many are named; the details have all. */
const NAMED = 3;

export function ResultBar({ outcome, onDismiss }: { outcome: Outcome; onDismiss: () => void }) {
  const { t } = useTranslation();
  const { done: result, locks } = outcome;
  const takeBack = useTakeBack();
  const [details, setDetails] = useState(false);
  useEffect(() => {
    // Once it is taken back by keys, the line speaks of what is no more.
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && ["z", "y"].includes(event.key.toLowerCase()) && event.defaultPrevented) onDismiss();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [onDismiss]);
  const people = result.moved.filter(({ level }) => level === "person");
  const named = (people.length > 0 ? people : result.moved).slice(0, NAMED);
  const more = result.moved_total > named.length;
  return (
    <div className="grid-result" role="status" data-testid="goal-result">
      <span>
        {result.changed === 0 ? t(locks ? "goals.grid.result.locks" : "goals.grid.result.none") : t("goals.grid.result.changed", { count: result.changed, cells: formatCount(result.changed) })}
        {named.length > 0 && (
          <span className="quiet">
            {" "}
            {named.map(changeText).join(t("goals.months.comma"))}
            {more && " …"}
          </span>
        )}
      </span>
      <Button
        size="small"
        data-testid="goal-undo"
        onClick={() => {
          takeBack.last();
          onDismiss();
        }}
      >
        {t("goals.grid.result.undo")}
      </Button>
      {result.moved.length > 0 && (
        <Button size="small" type="text" onClick={() => setDetails(true)} data-testid="goal-details">
          {t("goals.grid.result.details")}
        </Button>
      )}
      <Button size="small" type="text" icon={<X size={14} />} aria-label={t("goals.grid.result.close")} onClick={onDismiss} />
      <MovedDrawer result={details ? result : null} onClose={() => setDetails(false)} />
    </div>
  );
}

/** `Li +300.00`: by how much the year of somebody changed. */
function changeText({ name, before, after }: GoalDifference): string {
  return `${name} ${signed(difference(before, after) ?? after ?? before ?? "0")}`;
}
