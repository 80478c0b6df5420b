/** The pages of the area that one may see. */
import { useTranslation } from "react-i18next";

import { useRights } from "../../components/rights";
import { SubNav } from "../../components/SubNav";

export function DataNav() {
  const { t } = useTranslation();
  const may = useRights();
  const all = [
    { to: "/data", label: t("data.batches"), testId: "sub-batches", needs: "see_imports" },
    { to: "/data/sources", label: t("data.sources.title"), testId: "sub-sources", needs: "see_imports" },
    { to: "/data/watching", label: t("data.watching.title"), testId: "sub-watching", needs: "see_imports" },
    { to: "/data/duplicates", label: t("data.duplicates.title"), testId: "sub-duplicates", needs: "see_imports" },
    { to: "/data/mappings", label: t("data.mappings.title"), testId: "sub-mappings", needs: "see_imports" },
    { to: "/data/changes", label: t("history.changes.title"), testId: "sub-changes", needs: "see_history" },
    { to: "/data/audit", label: t("history.audit.title"), testId: "sub-audit", needs: "see_audit" },
  ] as const;
  return <SubNav label={t("data.title")} items={all.filter(({ needs }) => may(needs))} />;
}
