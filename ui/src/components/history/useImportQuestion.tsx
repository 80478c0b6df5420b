/** Asks before an import is taken back; with later imports that repeated its rows, what becomes of those. */
import { App, Button, type ModalFuncProps } from "antd";
import { useTranslation } from "react-i18next";

import { useBackend } from "../../backend/backend";
import type { LaterImport, LaterImports } from "../../backend/generated";
import { formatCount, formatMoment } from "../format";
import "./history.css";

/** More would push the buttons out of a small window. */
const MAX_LISTED = 6;

interface ImportQuestion extends Pick<ModalFuncProps, "title" | "content" | "okText" | "okButtonProps"> {
  batch: string;
  run: (later: LaterImports) => unknown;
}

/** Fails where the later imports cannot be looked up: nothing is asked then. */
export function useImportQuestion(): (question: ImportQuestion) => Promise<void> {
  const { t } = useTranslation();
  const backend = useBackend();
  const { modal } = App.useApp();
  return async ({ batch, run, content, ...question }) => {
    const later = await backend.call("list_later_imports", { batch });
    if (later.length === 0) {
      modal.confirm({ ...question, content, cancelText: t("common.cancel"), onOk: () => run("ask") });
      return;
    }
    const dialog = modal.confirm({
      ...question,
      width: 560,
      content: (
        <>
          {content}
          <Later imports={later} />
        </>
      ),
      okText: t("history.later.too", { count: later.length, imports: formatCount(later.length) }),
      cancelText: t("common.cancel"),
      onOk: () => run("take_back_too"),
      footer: (_, { OkBtn, CancelBtn }) => (
        <>
          <CancelBtn />
          <Button
            onClick={() => {
              dialog.destroy();
              run("leave");
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
