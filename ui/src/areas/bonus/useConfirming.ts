/** Asks before a statement is confirmed, and says what became of it. */
import { App } from "antd";
import { useTranslation } from "react-i18next";

import { BackendError } from "../../backend/backend";
import type { StatementConfirmationRow } from "../../backend/generated";
import { useCommand } from "../../backend/query";
import { formatMoney } from "../../components/format";
import { useToast } from "../../components/useToast";
import { useSay } from "../../i18n/say";

export function useConfirming(period: string, plan: string) {
  const { t } = useTranslation();
  const say = useSay();
  const toast = useToast();
  const { modal } = App.useApp();
  const confirm = useCommand("confirm_statement");
  return (row: StatementConfirmationRow, onPaper: boolean) => {
    const amount = formatMoney(row.payout);
    void modal.confirm({
      title: onPaper ? t("bonus.papers.onPaperQuestion", { name: row.name, amount }) : t("bonus.papers.confirmQuestion", { amount }),
      content: t("bonus.papers.confirmFinal"),
      okText: onPaper ? t("bonus.papers.onPaper") : t("bonus.papers.confirm", { amount }),
      okButtonProps: OK,
      cancelText: t("common.cancel"),
      onOk: () =>
        confirm.mutateAsync({ period, plan, person: row.person, hash: row.hash, on_paper: onPaper }).then(
          () => toast.done(t("bonus.papers.confirmed", { name: row.name })),
          (thrown: unknown) => toast.failed(say(BackendError.from(thrown))),
        ),
    });
  };
}

/** A data attribute is a legal button property that the type does not list. */
const OK = { "data-testid": "statement-confirm-ok" };
