/** Takes an import back: asks first, then says what was removed and what had to stay. */
import { App } from "antd";
import { useTranslation } from "react-i18next";

import { useCommand } from "../../backend/query";
import { Notes } from "../../components/MessageText";
import { formatCount } from "../../components/format";
import { useSay } from "../../i18n/say";

/** A data attribute is a legal button property that the type does not list. */
const CONFIRM_BUTTON = { danger: true, "data-testid": "undo-confirm" };

export function useUndo() {
  const { t } = useTranslation();
  const say = useSay();
  const { modal } = App.useApp();
  const undo = useCommand("undo_batch");
  const run = (batch: string) =>
    undo.mutateAsync({ batch }).then(
      ({ removed, restored, kept, kept_count }) => {
        modal.info({
          title: t("data.undo.done"),
          okText: t("common.close"),
          content: (
            <>
              <p data-testid="undo-result">{t("data.undo.result", { removed: formatCount(removed), restored: formatCount(restored) })}</p>
              {kept_count > 0 && <p>{t("data.undo.kept", { count: kept_count, rows: formatCount(kept_count) })}</p>}
              {/* A long list helps nobody: the first reasons show the pattern. */}
              <Notes messages={kept.slice(0, 8)} tone="warning" />
            </>
          ),
        });
      },
      (error) => {
        modal.error({ title: t("common.errorTitle"), content: say(error), okText: t("common.close") });
      },
    );
  return {
    pending: undo.isPending,
    done: undo.isSuccess,
    ask: (batch: string) =>
      void modal.confirm({
        title: t("data.undo.question"),
        content: t("data.undo.explanation"),
        okText: t("data.undo.action"),
        cancelText: t("common.cancel"),
        okButtonProps: CONFIRM_BUTTON,
        onOk: () => run(batch),
      }),
  };
}
