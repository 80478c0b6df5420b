/** A change that is looked at before it is made: fields, what it would move, then the button. */
import { Button, DatePicker, Drawer, Form, Input } from "antd";
import dayjs from "dayjs";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { GoalEdit, GoalEdited } from "../../../backend/generated";
import { useCommand } from "../../../backend/query";
import { ErrorState } from "../../../components/ErrorState";
import { formatCount } from "../../../components/format";
import { Moved } from "./MovedDrawer";

interface Props {
  title: string;
  explain: string;
  plan: string;
  /** The change; null while a field is missing or wrong. */
  edit: GoalEdit | null;
  apply: string;
  onClose: () => void;
  onDone: (result: GoalEdited) => void;
  children: ReactNode;
}

export function ChangeDrawer({ title, explain, plan, edit, apply, onClose, onDone, children }: Props) {
  const { t } = useTranslation();
  const preview = useCommand("edit_goal");
  const make = useCommand("edit_goal");
  const [asked, setAsked] = useState<string | null>(null);
  const [frozen, setFrozen] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const why = reason.trim();
  const more = { ...(frozen !== null && { frozen_before: frozen }), ...(why !== "" && { reason: why }) };
  // The reason moves nothing: it may be written after the look.
  const present = JSON.stringify([edit, frozen]);
  // What was looked at is what will be made: another field asks for another look.
  const seen = preview.data && asked === present ? preview.data : null;
  const look = () => {
    if (!edit) return;
    setAsked(present);
    make.reset();
    preview.mutate({ plan, edits: [edit], ...more, preview: true });
  };
  const error = make.error ?? (asked === present ? preview.error : null);
  return (
    <Drawer
      open
      onClose={onClose}
      title={title}
      size={820}
      destroyOnHidden
      data-testid="goal-change"
      footer={
        <div className="grid-change-buttons">
          <Button onClick={look} disabled={!edit} loading={preview.isPending} type={seen ? "default" : "primary"} data-testid="goal-change-preview">
            {t("goals.split.preview")}
          </Button>
          <Button
            type={seen ? "primary" : "default"}
            disabled={!seen}
            loading={make.isPending}
            data-testid="goal-change-apply"
            onClick={() => edit && make.mutate({ plan, edits: [edit], ...more, preview: false }, { onSuccess: onDone })}
          >
            {apply}
          </Button>
        </div>
      }
    >
      <p className="quiet">{explain}</p>
      <div className="grid-change-fields">
        {children}
        <Form layout="vertical">
          <Form.Item label={t("goals.grid.frozenBefore.label")} htmlFor="change-frozen-before" extra={t("goals.grid.frozenBefore.explain")}>
            <DatePicker id="change-frozen-before" value={frozen === null ? null : dayjs(frozen)} onChange={(day) => setFrozen(day ? day.format("YYYY-MM-DD") : null)} />
          </Form.Item>
          <Form.Item label={t("goals.grid.reason.label")} htmlFor="change-reason" extra={t("goals.grid.reason.explain")}>
            <Input id="change-reason" autoComplete="off" value={reason} onChange={(event) => setReason(event.target.value)} />
          </Form.Item>
        </Form>
      </div>
      {error && <ErrorState error={error} />}
      {seen ? (
        <div data-testid="goal-change-outcome">
          <h2 className="grid-part">{seen.changed === 0 ? t("goals.grid.result.none") : t("goals.grid.would", { count: seen.changed, cells: formatCount(seen.changed) })}</h2>
          <Moved result={seen} />
        </div>
      ) : (
        !error && <p className="quiet split-hint">{t("goals.split.previewHint")}</p>
      )}
    </Drawer>
  );
}
