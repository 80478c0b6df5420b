/** Takes an import back: asks first, naming the batch, then says what was removed and what had to stay. */
import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { BackendError } from "../../backend/backend";
import type { BatchInfo, LaterImports, UndoResult } from "../../backend/generated";
import { useCommand, useRead } from "../../backend/query";
import { Notes } from "../../components/MessageText";
import { formatCount, formatMoment } from "../../components/format";
import { useImportQuestion } from "../../components/history/useImportQuestion";
import { useWord } from "../../i18n";
import { useSay } from "../../i18n/say";

/** A data attribute is a legal button property that the type does not list. */
const CONFIRM_BUTTON = { danger: true, "data-testid": "undo-confirm" };

/** The first reasons show the pattern; all of them come by one click. */
const KEPT_AT_FIRST = 8;

export function useUndo() {
  const { t } = useTranslation();
  const say = useSay();
  const { modal } = App.useApp();
  const batches = useRead("list_batches", {}).data;
  const undo = useCommand("undo_batch");
  const question = useImportQuestion();
  const failed = (thrown: unknown) => {
    const error = BackendError.from(thrown);
    modal.error({ title: t("common.errorTitle"), content: say(error), okText: t("common.close") });
  };
  const run = (batch: string, later: LaterImports) =>
    undo.mutateAsync({ batch, later }).then((result) => {
      modal.info({ title: t("data.undo.done"), okText: t("common.close"), content: <Outcome result={result} /> });
    });
  return {
    pending: undo.isPending || question.pending,
    done: undo.isSuccess,
    ask: (batch: string) => {
      const known = batches?.find(({ id }) => id === batch);
      question.ask({
        batch,
        title: t("data.undo.question"),
        content: (
          <>
            {known && <WhichBatch batch={known} />}
            <p>{t("data.undo.explanation")}</p>
            <p>{t("data.undo.notRecalculated")}</p>
          </>
        ),
        okText: t("data.undo.action"),
        okButtonProps: CONFIRM_BUTTON,
        run: (later) => run(batch, later),
        failed,
      });
    },
  };
}

/** Which batch is meant: rows of the list look alike. */
function WhichBatch({ batch }: { batch: BatchInfo }) {
  const { t } = useTranslation();
  const word = useWord();
  return (
    <dl className="facts undo-batch" data-testid="undo-batch">
      <dt>{t("data.columns.at")}</dt>
      <dd className="figure">{formatMoment(batch.at)}</dd>
      <dt>{t("data.columns.source")}</dt>
      <dd>{word("data.source", batch.source)}</dd>
      <dt>{t("data.columns.file")}</dt>
      <dd>{batch.files.join(t("data.comma")) || "—"}</dd>
      <dt>{t("data.undo.rows")}</dt>
      <dd className="figure">
        {t("data.undo.counts", { added: formatCount(batch.new_rows), changed: formatCount(batch.changed_rows) })}
      </dd>
    </dl>
  );
}

function Outcome({ result: { later, removed, restored, kept, kept_count } }: { result: UndoResult }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const shown = all ? kept : kept.slice(0, KEPT_AT_FIRST);
  const hidden = kept.length - shown.length;
  const untold = kept_count - kept.length;
  return (
    <>
      <p data-testid="undo-result">{t("data.undo.result", { removed: formatCount(removed), restored: formatCount(restored) })}</p>
      {later.length > 0 && (
        <p className="undo-later" data-testid="undo-later">
          {t("history.later.done", { files: later.map(({ files }) => files.join(t("data.comma"))).join(t("data.comma")) })}
        </p>
      )}
      {kept_count > 0 && <p>{t("data.undo.kept", { count: kept_count, rows: formatCount(kept_count) })}</p>}
      <div className="undo-kept" data-testid="undo-kept">
        <Notes messages={shown} tone="warning" />
      </div>
      {hidden > 0 && (
        <Button type="link" size="small" className="cell-link" onClick={() => setAll(true)} data-testid="undo-more">
          {t("data.undo.more", { rows: formatCount(hidden) })}
        </Button>
      )}
      {hidden === 0 && untold > 0 && <p className="quiet">{t("data.undo.untold", { rows: formatCount(untold) })}</p>}
    </>
  );
}
