/** What the import would do: counts, some new and changed rows, values it would empty, rows that are left out with the reason, control totals, notes. */
import { useTranslation } from "react-i18next";

import type { ImportDecisions, ImportDraft, ImportPreview } from "../../../backend/generated";
import { Notes } from "../../../components/MessageText";
import { Section } from "../../../components/Page";
import { RejectedTable } from "../RejectedTable";
import { ChangedRows } from "./ChangedRows";
import { ControlTotals } from "./ControlTotals";
import { EmptiedNote } from "./EmptiedNote";
import { FileCounts } from "./FileCounts";
import { NewRows } from "./NewRows";
import { PreviewDisagreements } from "./PreviewDisagreements";
import { TakenNames } from "./TakenNames";

interface Props {
  preview: ImportPreview;
  draft: ImportDraft;
  decisions: ImportDecisions;
}

export function PreviewStep({ preview, draft, decisions }: Props) {
  const { t } = useTranslation();
  const rejected = preview.files.flatMap((file) => file.rejected);
  const all = preview.files.reduce((sum, file) => sum + file.rejected_rows, 0);
  const rows = preview.files.reduce((sum, file) => sum + file.unchanged_rows + file.rejected_rows, 0);
  return (
    <>
      {preview.nothing_to_do && (
        <p className="notes" role="status">
          {t(rows === 0 ? "data.import.noRows" : "data.import.nothingToDo")}
        </p>
      )}
      <Section title={t("data.import.counts")} flush>
        <FileCounts files={preview.files} />
      </Section>
      <EmptiedNote emptied={preview.emptied} />
      <ChangedRows files={preview.files} />
      <div className="preview-columns">
        <Section title={t("data.import.controls")} context={t("data.import.controlsText")} flush>
          <ControlTotals controls={preview.controls} undecided={preview.undecided} />
        </Section>
        <Section title={t("data.import.notes")}>
          {preview.notes.length > 0 ? <Notes messages={preview.notes} /> : <p className="quiet">{t("data.import.noNotes")}</p>}
        </Section>
      </div>
      <NewRows files={preview.files} />
      <PreviewDisagreements found={preview.disagreements} />
      <TakenNames preview={preview} decisions={decisions} />
      {all > 0 && (
        <Section title={t("data.import.rejectedTitle")} context={t("data.import.rejectedText")} flush testId="preview-rejected">
          <RejectedTable rows={rejected} total={all} headersOf={(file) => headersOf(draft, file)} maxHeight={320} />
        </Section>
      )}
    </>
  );
}

export function headersOf(draft: ImportDraft, file: string): readonly string[] {
  return draft.files.find((candidate) => candidate.file === file)?.headers ?? [];
}
