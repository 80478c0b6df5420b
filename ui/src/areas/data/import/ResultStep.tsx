/** What the import did, with the ways on: the dashboard, and back. */
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { CircleCheck } from "lucide-react";
import { useTranslation } from "react-i18next";

import type { ImportDecisions, ImportDraft, ImportPreview } from "../../../backend/generated";
import { Notes } from "../../../components/MessageText";
import { Section } from "../../../components/Page";
import { RejectedTable } from "../RejectedTable";
import { useUndo } from "../useUndo";
import { ControlTotals } from "./ControlTotals";
import { FileCounts } from "./FileCounts";
import { headersOf } from "./PreviewStep";
import { TakenNames } from "./TakenNames";

interface Props {
  result: ImportPreview;
  draft: ImportDraft;
  decisions: ImportDecisions;
}

export function ResultStep({ result, draft, decisions }: Props) {
  const { t } = useTranslation();
  const undo = useUndo();
  const rejected = result.files.flatMap((file) => file.rejected);
  const all = result.files.reduce((sum, file) => sum + file.rejected_rows, 0);
  const batch = result.batch;
  return (
    <>
      <Section testId="import-result">
        <div className="result-head">
          <CircleCheck size={22} aria-hidden />
          <div>
            <h2>{t("data.import.doneTitle")}</h2>
            <p className="quiet">{t(all > 0 ? "data.import.doneSome" : "data.import.doneAll")}</p>
          </div>
          <div className="page-actions">
            {batch && (
              <Button onClick={() => undo.ask(batch)} loading={undo.pending} disabled={undo.done} data-testid="import-undo">
                {t("data.undo.action")}
              </Button>
            )}
            <Link to="/performance" className="button-link" data-testid="import-to-dashboard">
              {t("data.import.toDashboard")}
            </Link>
          </div>
        </div>
      </Section>
      <Section title={t("data.import.counts")} flush>
        <FileCounts files={result.files} />
      </Section>
      <div className="preview-columns">
        <Section title={t("data.import.controls")} flush>
          <ControlTotals controls={result.controls} undecided={result.undecided} />
        </Section>
        <Section title={t("data.import.notes")}>
          {result.notes.length > 0 ? <Notes messages={result.notes} /> : <p className="quiet">{t("data.import.noNotes")}</p>}
        </Section>
      </div>
      <TakenNames preview={result} decisions={decisions} />
      {all > 0 && (
        <Section title={t("data.import.rejectedDone")} context={t("data.import.rejectedAfter")} flush>
          <RejectedTable rows={rejected} total={all} headersOf={(file) => headersOf(draft, file)} maxHeight={320} />
        </Section>
      )}
    </>
  );
}
