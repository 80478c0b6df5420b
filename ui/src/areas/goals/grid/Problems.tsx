/** Why something that was typed is not in the plan. The texts stay in their cells. */
import { Button } from "antd";
import { CircleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";

import { formatCount } from "../../../components/format";
import type { Typed } from "./GridRowView";

interface Props {
  typed: ReadonlyMap<string, Typed>;
  refusal: string | null;
  onForget: () => void;
}

export function Problems({ typed, refusal, onForget }: Props) {
  const { t } = useTranslation();
  const reasons = [...typed.values()].flatMap(({ reason }) => reason ?? []);
  const all = [...new Set([...(refusal === null ? [] : [refusal]), ...reasons])];
  if (all.length === 0) return null;
  return (
    <div className="grid-problems" role="alert" data-testid="goal-problems">
      <CircleAlert size={16} aria-hidden />
      <div>
        {reasons.length > 0 && <strong>{t("goals.grid.notTaken", { count: reasons.length, cells: formatCount(reasons.length) })}</strong>}
        {all.slice(0, 3).map((reason) => (
          <p key={reason}>{reason}</p>
        ))}
      </div>
      <Button size="small" onClick={onForget} data-testid="goal-forget">
        {t(reasons.length > 0 ? "goals.grid.forget" : "goals.grid.result.close")}
      </Button>
    </div>
  );
}
