/** Watched folders: where new exports are taken from, and what became of each file. */
import { Button } from "antd";
import { FolderSearch, RefreshCw } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { WatchedList } from "../../../backend/generated";
import { useCommand, useRead } from "../../../backend/query";
import { ErrorState } from "../../../components/ErrorState";
import { formatMoment } from "../../../components/format";
import { Answer, EmptyState, Page, Section } from "../../../components/Page";
import { useRights } from "../../../components/rights";
import { DataNav } from "../DataNav";
import { FileTable } from "./FileTable";
import { FolderTable } from "./FolderTable";
import { WatchFolderDialog } from "./WatchFolderDialog";
import "../data.css";

export default function WatchingPage() {
  const { t } = useTranslation();
  const list = useRead("list_watched", {});
  const look = useCommand("look_into_watched");
  const [adding, setAdding] = useState(false);
  const may = useRights()("import_data");
  const actions = may && (
    <>
      <Button icon={<RefreshCw size={14} aria-hidden />} loading={look.isPending} onClick={() => look.mutate({})} data-testid="watch-look">
        {t("data.watching.look")}
      </Button>
      <Button type="primary" onClick={() => setAdding(true)} data-testid="watch-add">
        {t("data.watching.add")}
      </Button>
    </>
  );
  return (
    <Page title={t("data.watching.title")} context={t("data.watching.context")} actions={actions}>
      <DataNav />
      {look.error && <ErrorState error={look.error} />}
      <Answer query={list}>{(found) => <Found list={found} />}</Answer>
      {adding && <WatchFolderDialog onClose={() => setAdding(false)} />}
    </Page>
  );
}

function Found({ list }: { list: WatchedList }) {
  const { t } = useTranslation();
  if (list.folders.length === 0) {
    return (
      <Section>
        <EmptyState
          icon={<FolderSearch size={32} strokeWidth={1.25} aria-hidden />}
          title={t("data.watching.none")}
          text={t("data.watching.noneText")}
        />
      </Section>
    );
  }
  const looked = list.looked_at
    ? t("data.watching.looked", { at: formatMoment(list.looked_at), seconds: list.every_seconds })
    : t("data.watching.notLooked", { seconds: list.every_seconds });
  return (
    <>
      <Section title={t("data.watching.folders")} context={looked} flush testId="watched-folders">
        <FolderTable folders={list.folders} />
      </Section>
      <Section title={t("data.watching.files")} context={t("data.watching.filesContext")} flush testId="watched-files">
        <FileTable list={list} />
      </Section>
    </>
  );
}
