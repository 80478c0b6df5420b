/** Records changed after the statements were frozen: by how much in sum, and the way to see for whom and why. */
import { Button } from "antd";
import { GitCompareArrows } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { BonusCycle } from "../../../backend/generated";
import { formatMoney, signOf } from "../../../components/format";
import { useRights } from "../../../components/rights";
import { RestateDrawer } from "./RestateDrawer";

export function Drift({ cycle }: { cycle: BonusCycle }) {
  const { t } = useTranslation();
  const may = useRights();
  const [open, setOpen] = useState(false);
  const { drift } = cycle;
  return (
    <>
      {drift && (
        <div className="drift" role="status" data-testid="drift">
          <GitCompareArrows size={15} aria-hidden />
          <span>{t("bonus.cycle.drift.text", { amount: `${signOf(drift.amount) > 0 ? "+" : ""}${formatMoney(drift)}` })}</span>
          {may("run_bonus") && (
            <Button size="small" onClick={() => setOpen(true)} data-testid="drift-look">
              {t("bonus.cycle.drift.look")}
            </Button>
          )}
        </div>
      )}
      {open && <RestateDrawer period={cycle.period} plan={cycle.plan} onClose={() => setOpen(false)} />}
    </>
  );
}
