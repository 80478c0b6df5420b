/** Sources: which goes before which, and where they say different things of a record. */
import { Page } from "../../../components/Page";
import { useTranslation } from "react-i18next";

import { DataNav } from "../DataNav";
import { Disagreements } from "./Disagreements";
import { SourceTable } from "./SourceTable";
import "../data.css";

export default function SourcesPage() {
  const { t } = useTranslation();
  return (
    <Page title={t("data.sources.title")} context={t("data.sources.context")}>
      <DataNav />
      <SourceTable />
      <Disagreements />
    </Page>
  );
}
