/** Refuses adjustments, with a reason for whoever entered them. */
import { Form, Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { AdjustmentRow } from "../../../backend/generated";
import { useCommand } from "../../../backend/query";
import { ErrorState } from "../../../components/ErrorState";
import { formatCount } from "../../../components/format";
import { useToast } from "../../../components/useToast";
import { MAX_REASON } from "../reason";

export function RefuseDialog({ rows, onDone, onClose }: { rows: readonly AdjustmentRow[]; onDone: () => void; onClose: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const decide = useCommand("decide_bonus_adjustments");
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const help = tried && reason.trim() === "" ? t("bonus.adjustments.reasonNeeded") : null;
  const refused = () => {
    toast.done(t("bonus.adjustments.refused"));
    onDone();
    onClose();
  };
  const send = () => {
    setTried(true);
    if (reason.trim() !== "") decide.mutate({ adjustments: rows.map(({ id }) => id), decision: "refused", reason: reason.trim() }, { onSuccess: refused });
  };
  return (
    <Modal
      open
      title={t("bonus.adjustments.refuseTitle")}
      okText={t("bonus.adjustments.refuse", { rows: formatCount(rows.length) })}
      okButtonProps={OK}
      cancelText={t("common.cancel")}
      onOk={send}
      onCancel={onClose}
      confirmLoading={decide.isPending}
    >
      <Form layout="vertical">
        <Form.Item label={t("bonus.adjustments.reason")} htmlFor="refuse-reason" validateStatus={help ? "error" : ""} help={help && <span role="alert">{help}</span>}>
          <Input.TextArea id="refuse-reason" rows={3} maxLength={MAX_REASON} showCount value={reason} onChange={(event) => setReason(event.target.value)} data-testid="refuse-reason" />
        </Form.Item>
      </Form>
      {decide.error && <ErrorState error={decide.error} />}
    </Modal>
  );
}

/** A data attribute is a legal button property that the type does not list. */
const OK = { "data-testid": "refuse-ok" };
