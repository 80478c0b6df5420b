/** The fields that a change wrote: from, to, and for an overwritten value the way back. */
import { App, Button } from "antd";
import { ArrowRight, RotateCcw } from "lucide-react";
import { useTranslation } from "react-i18next";

import { useBackend, BackendError } from "../../backend/backend";
import type { ChangeInfo, FieldLine, RecordLine } from "../../backend/generated";
import { useSay, useTerm } from "../../i18n/say";
import { useRights } from "../rights";
import { useToast } from "../useToast";

interface Props {
  change: ChangeInfo;
  record: RecordLine;
  /** The record is there today: values of one that is gone cannot be put back. */
  alive: boolean;
}

export function RecordChanges({ change, record, alive }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const term = useTerm();
  const restore = useRestore();
  const mayRestore = useRights()("undo_changes");
  if (record.fields.length === 0) return null;
  return (
    <ul className="history-fields">
      {record.fields.map((field) => (
        <li key={field.field}>
          <span className="history-field">{term("record_field", field.field)}</span>
          <span className="history-from">{say(field.from)}</span>
          <ArrowRight size={13} aria-label={t("history.becomes")} />
          <span className="history-to">{say(field.to)}</span>
          {field.can_restore && alive && mayRestore && (
            <Button
              size="small"
              type="text"
              icon={<RotateCcw size={13} aria-hidden />}
              onClick={() => void restore(change, record, field)}
              data-testid={`restore-${field.field}`}
            >
              {t("history.restore.action")}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** A data attribute is a legal button property that the type does not list. */
const CONFIRM_BUTTON = { "data-testid": "restore-confirm" };

/** Shows what is there now, and puts the earlier value back if that is wanted. */
function useRestore() {
  const { t } = useTranslation();
  const say = useSay();
  const term = useTerm();
  const backend = useBackend();
  const toast = useToast();
  const { modal } = App.useApp();
  const failed = (thrown: unknown) =>
    void modal.error({ title: t("common.errorTitle"), content: say(BackendError.from(thrown)), okText: t("common.close") });
  return async (change: ChangeInfo, record: RecordLine, field: FieldLine) => {
    const args = { change: change.id, entity: record.entity, id: record.id, field: field.field };
    try {
      const seen = await backend.call("restore_value", { ...args, preview: true });
      const [present, value] = [say(seen.present), say(seen.value)];
      if (present === value) {
        toast.hint(t("history.restore.same", { value }));
        return;
      }
      void modal.confirm({
        title: t("history.restore.question", { field: term("record_field", field.field), name: say(seen.name) }),
        content: (
          <dl className="history-restore">
            <dt>{t("history.restore.present")}</dt>
            <dd>{present}</dd>
            <dt>{t("history.restore.value")}</dt>
            <dd>{value}</dd>
          </dl>
        ),
        okText: t("history.restore.action"),
        cancelText: t("common.cancel"),
        okButtonProps: CONFIRM_BUTTON,
        onOk: () =>
          backend.call("restore_value", { ...args, preview: false }).then(
            () => toast.done(t("history.restore.done", { value })),
            failed,
          ),
      });
    } catch (thrown) {
      failed(thrown);
    }
  };
}
