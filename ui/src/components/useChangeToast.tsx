/** Says that a change was made, with the way back: the button takes back this very change, whatever came after it. */
import { App, Button } from "antd";
import { useTranslation } from "react-i18next";

import { BackendError, useBackend } from "../backend/backend";
import { useSay } from "../i18n/say";
import { useTakeBack } from "./history/useTakeBack";

/** Seconds that the word stays: long enough to reach the button. */
const STAY_S = 8;
/** One word at a time. */
const SAID = "change-done";

export function useChangeToast(): (title: string) => void {
  const { t } = useTranslation();
  const backend = useBackend();
  const say = useSay();
  const { one } = useTakeBack();
  const { notification } = App.useApp();
  return (title) => {
    const shown = (change: string | null) =>
      notification.success({
        key: SAID,
        title,
        duration: STAY_S,
        role: "status",
        actions: change !== null && (
          <Button
            size="small"
            data-testid="change-undo"
            onClick={() => {
              notification.destroy(SAID);
              one(change);
            }}
          >
            {t("history.undo.action")}
          </Button>
        ),
      });
    backend.call("get_last_action", {}).then(
      ({ change }) => shown(change?.id ?? null),
      (thrown: unknown) => notification.success({ key: SAID, title, description: say(BackendError.from(thrown)), duration: STAY_S, role: "status" }),
    );
  };
}
