/** Takes a change back and says so, with the way to do it again. */
import { App, Button } from "antd";
import { useTranslation } from "react-i18next";

import { useBackend, BackendError } from "../../backend/backend";
import type { ChangeInfo, ChangeUndone, LaterImports } from "../../backend/generated";
import { useSay } from "../../i18n/say";
import { formatCount } from "../format";
import { Notes } from "../MessageText";
import { useWhat } from "./ChangeHead";
import { useImportQuestion } from "./useImportQuestion";

/** Seconds that the word stays: long enough to reach "do it again". */
const STAY_S = 8;
/** Imports are long and not done again by a click: these are asked about. */
const ASKED = ["import", "demo"];

/** The place of the word that a change was taken back. */
const SAID = "take-back";

const CONFIRM_BUTTON = { danger: true, "data-testid": "take-back-confirm" };

export function useTakeBack() {
  const { t } = useTranslation();
  const backend = useBackend();
  const say = useSay();
  const what = useWhat();
  const { modal, notification } = App.useApp();
  const { ask: askImport } = useImportQuestion();

  const failed = (thrown: unknown) => {
    const error = BackendError.from(thrown);
    notification.error({ title: say(error), duration: STAY_S, role: "alert" });
  };
  const told = (result: ChangeUndone) => {
    // One word at a time: an earlier one would offer again what is done, above the page's own buttons.
    const key = SAID;
    const text = what(result.undone);
    notification.success({
      key,
      title: result.redo ? t("history.undo.redone", { what: text }) : t("history.undo.done", { what: text }),
      description: (result.later.length > 0 || result.kept_count > 0) && (
        <>
          {result.later.length > 0 && (
            <p>{t("history.later.done", { files: result.later.map(({ files }) => files.join(t("data.comma"))).join(t("data.comma")) })}</p>
          )}
          {result.kept_count > 0 && (
            <>
              <p>{t("history.undo.kept", { count: result.kept_count, rows: formatCount(result.kept_count) })}</p>
              <Notes messages={result.kept.slice(0, 4)} tone="warning" />
            </>
          )}
        </>
      ),
      actions: result.can_redo && (
        <Button
          size="small"
          data-testid="redo"
          onClick={() => {
            notification.destroy(key);
            run(result.by);
          }}
        >
          {t("history.undo.redo")}
        </Button>
      ),
      duration: STAY_S,
      role: "status",
    });
  };
  const takeBack = (change: string | null, later: LaterImports) => backend.call("undo_change", { change, later }).then(told);
  const run = (change: string | null) => void takeBack(change, "ask").catch(failed);
  const ask = (change: ChangeInfo, after: ChangeInfo | null = null) => {
    const question = {
      title: t("history.undo.question", { what: what(change) }),
      content: (
        <>
          {after && <p>{t("history.undo.after", { what: what(after) })}</p>}
          {t("history.undo.explanation")}
        </>
      ),
      okText: t("history.undo.action"),
      okButtonProps: CONFIRM_BUTTON,
    };
    if (change.batch !== null && ASKED.includes(change.kind)) {
      askImport({ ...question, batch: change.batch, run: (later) => takeBack(change.id, later), failed });
    } else {
      void modal.confirm({ ...question, cancelText: t("common.cancel"), onOk: () => run(change.id) });
    }
  };

  return {
    /** Takes one change back; asks first. */
    ask: (change: ChangeInfo) => ask(change),
    /** Takes one change back at once. */
    one: (change: string) => run(change),
    /** Takes the last own action of the session back; asks first only for an import, and where an import was
     * taken back after it: nobody means what lies before that without being told. */
    last: () =>
      void backend.call("get_last_action", {}).then(({ change, after }) => {
        if (change && (after || ASKED.includes(change.kind))) ask(change, after);
        else run(change?.id ?? null);
      }, failed),
    /** Does the last one again that was taken back. */
    again: () => void backend.call("redo_change", {}).then(told, failed),
  };
}
