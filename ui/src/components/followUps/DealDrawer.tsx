/** One deal: what was done about its customer and is to be done next, a form for both, what it would pay, and its history. */
import { Drawer } from "antd";
import { useTranslation } from "react-i18next";

import { HistoryContent } from "../history/HistoryDrawer";
import { useRights } from "../rights";
import { DealPay } from "./DealPay";
import { FollowUps } from "./FollowUps";

interface Props {
  deal: string | null;
  /** What it was opened for: that stands first. */
  first?: "pay";
  onClose: () => void;
}

export function DealDrawer({ deal, first, onClose }: Props) {
  const { t } = useTranslation();
  const may = useRights();
  const pay = deal !== null && may("see_own_pay") && <DealPay deal={deal} />;
  return (
    <Drawer open={deal !== null} onClose={onClose} title={t("records.followUps.title")} size={560} destroyOnHidden data-testid="drawer-deal">
      {first === "pay" && pay}
      {deal && <FollowUps deal={deal} />}
      {first !== "pay" && pay}
      {deal && may("see_history") && (
        <section data-testid="drawer-history">
          <h3>{t("history.title")}</h3>
          <HistoryContent subject={{ entity: "opportunity", id: deal }} />
        </section>
      )}
    </Drawer>
  );
}
