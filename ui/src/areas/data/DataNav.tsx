/** The pages of the area. */
import { useTranslation } from "react-i18next";

import { SubNav } from "../../components/SubNav";

export function DataNav() {
  const { t } = useTranslation();
  return (
    <SubNav
      label={t("data.title")}
      items={[
        { to: "/data", label: t("data.batches"), testId: "sub-batches" },
        { to: "/data/sources", label: t("data.sources.title"), testId: "sub-sources" },
        { to: "/data/watching", label: t("data.watching.title"), testId: "sub-watching" },
        { to: "/data/changes", label: t("history.changes.title"), testId: "sub-changes" },
        { to: "/data/audit", label: t("history.audit.title"), testId: "sub-audit" },
      ]}
    />
  );
}
