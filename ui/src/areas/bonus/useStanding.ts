/** Whether a statement is confirmed, in words with the date. */
import { useTranslation } from "react-i18next";

import type { StatementConfirmationRow } from "../../backend/generated";
import { formatMoment } from "../../components/format";

export function useStanding(): (row: StatementConfirmationRow) => string {
  const { t } = useTranslation();
  return ({ state, on_paper, confirmed_at, confirmed_by }) => {
    const params = { at: formatMoment(confirmed_at), by: confirmed_by ?? "" };
    if (state === "open") return t("bonus.papers.state.open");
    if (state === "changed") return t("bonus.papers.state.changed", params);
    return on_paper ? t("bonus.papers.state.paper", params) : t("bonus.papers.state.confirmed", params);
  };
}
