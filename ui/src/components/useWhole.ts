/** What the figures of "everything" are for whoever looks: the company's, those of their teams, or their own. */
import { useTranslation } from "react-i18next";

import { useRights } from "./rights";

export function useWhole(): string {
  const { t } = useTranslation();
  const may = useRights();
  if (may("see_all_results")) return t("common.whole.company");
  return t(may("see_team_results") ? "common.whole.teams" : "common.whole.own");
}
