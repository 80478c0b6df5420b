/** Approves, refuses and takes back adjustments, after a question; several at once or none. */
import { App } from "antd";
import { useTranslation } from "react-i18next";

import { BackendError } from "../../../backend/backend";
import type { AdjustmentRow } from "../../../backend/generated";
import { useCommand } from "../../../backend/query";
import { formatMoney, sumDecimals } from "../../../components/format";
import { useToast } from "../../../components/useToast";
import { useSay } from "../../../i18n/say";

export function useDecide() {
  const { t } = useTranslation();
  const say = useSay();
  const toast = useToast();
  const { modal } = App.useApp();
  const decide = useCommand("decide_bonus_adjustments");
  const failed = (thrown: unknown) => toast.failed(say(BackendError.from(thrown)));
  const approve = (rows: readonly AdjustmentRow[], onDone: () => void) => {
    const currency = rows[0]?.amount.currency ?? "";
    const total = formatMoney({ amount: sumDecimals(rows.map(({ amount }) => amount.amount)), currency });
    void modal.confirm({
      title: t("bonus.adjustments.approveQuestion", { total }),
      content: t("bonus.adjustments.approveText"),
      okText: t("bonus.adjustments.approveOne"),
      okButtonProps: OK,
      cancelText: t("common.cancel"),
      onOk: () =>
        decide.mutateAsync({ adjustments: rows.map(({ id }) => id), decision: "approved" }).then(() => {
          toast.done(t("bonus.adjustments.approved"));
          onDone();
        }, failed),
    });
  };
  const withdraw = (row: AdjustmentRow) =>
    void modal.confirm({
      title: t("bonus.adjustments.withdrawQuestion", { name: row.name, amount: formatMoney(row.amount) }),
      content: t("bonus.adjustments.withdrawText"),
      okText: t("bonus.adjustments.withdraw"),
      okButtonProps: OK,
      cancelText: t("common.cancel"),
      onOk: () => decide.mutateAsync({ adjustments: [row.id], decision: "withdrawn" }).then(() => toast.done(t("bonus.adjustments.withdrawn")), failed),
    });
  return { approve, withdraw };
}

/** A data attribute is a legal button property that the type does not list. */
const OK = { "data-testid": "decide-ok" };
