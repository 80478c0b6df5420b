/** Asks before an import is taken back; with later imports that repeated its rows, what becomes of those. */
import { App, Button, type ModalFuncProps } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { BackendError, useBackend } from "../../backend/backend";
import type { LaterImport, LaterImports } from "../../backend/generated";
import { formatCount, formatMoment } from "../format";
import "./history.css";

/** More would push the buttons out of a small window. */
const MAX_LISTED = 6;

interface ImportQuestion extends Pick<ModalFuncProps, "title" | "content" | "okText" | "okButtonProps"> {
  batch: string;
  run: (later: LaterImports) => Promise<unknown>;
  /** What could not be looked up or taken back; nothing is asked any more then. */
  failed: (thrown: unknown) => void;
}

/** `pending`: the later imports are being looked up, and nothing else is asked until the question stands. */
export function useImportQuestion(): { ask: (question: ImportQuestion) => void; pending: boolean } {
  const { t } = useTranslation();
  const backend = useBackend();
  const { modal } = App.useApp();
  const [pending, setPending] = useState(false);
  // A second click comes before the next rendering.
  const asking = useRef(false);

  const ask = async (question: ImportQuestion): Promise<void> => {
    if (asking.current) return;
    asking.current = true;
    setPending(true);
    try {
      open(question, await backend.call("list_later_imports", { batch: question.batch }));
    } catch (thrown) {
      question.failed(thrown);
    } finally {
      asking.current = false;
      setPending(false);
    }
  };
  const open = (question: ImportQuestion, later: LaterImport[]) => {
    const { batch: _, run, failed, content, ...words } = question;
    // An import may have come in while the question stood: it is asked again, with that one.
    const answer = (given: LaterImports) =>
      run(given).catch((thrown: unknown) => (BackendError.from(thrown).code === "repeated_later" ? ask(question) : failed(thrown)));
    if (later.length === 0) {
      modal.confirm({ ...words, content, cancelText: t("common.cancel"), onOk: () => answer("ask") });
      return;
    }
    const imports = later.map(({ import: one }) => one.id);
    const dialog = modal.confirm({
      ...words,
      width: 560,
      content: (
        <>
          {content}
          <Later imports={later} />
        </>
      ),
      okText: later.length === 1 ? t("history.later.tooThis") : t("history.later.too", { count: later.length, imports: formatCount(later.length) }),
      cancelText: t("common.cancel"),
      onOk: () => answer({ take_back_too: { imports } }),
      footer: (__, { OkBtn, CancelBtn }) => (
        <>
          <CancelBtn />
          <Button
            onClick={() => {
              dialog.destroy();
              void answer({ leave: { imports } });
            }}
            data-testid="undo-alone"
          >
            {t("history.later.alone")}
          </Button>
          <OkBtn />
        </>
      ),
    });
  };
  return { ask: (question) => void ask(question), pending };
}

function Later({ imports }: { imports: readonly LaterImport[] }) {
  const { t } = useTranslation();
  const hidden = imports.length - MAX_LISTED;
  return (
    <div className="later-imports" data-testid="later-imports">
      <p>{t("history.later.explanation")}</p>
      <ul>
        {imports.slice(0, MAX_LISTED).map(({ import: one, repeated_rows }) => (
          <li key={one.id}>
            <span className="figure">{formatMoment(one.at)}</span> {one.files.join(t("data.comma"))}
            <span className="quiet"> {t("history.later.rows", { count: repeated_rows, rows: formatCount(repeated_rows) })}</span>
          </li>
        ))}
        {hidden > 0 && <li className="quiet">{t("history.later.more", { imports: formatCount(hidden) })}</li>}
      </ul>
      <p>{t("history.later.choice")}</p>
    </div>
  );
}
