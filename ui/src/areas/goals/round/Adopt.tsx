/** Takes numbers into the plan, after a look at what moves. */
import { Button, DatePicker, Drawer, Form, Input, Radio } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { AdoptGoals, GoalAbove, GoalRoundRow } from "../../../backend/generated";
import { useCommand } from "../../../backend/query";
import { ErrorState } from "../../../components/ErrorState";
import { Notes } from "../../../components/MessageText";
import { MovedTable } from "../grid/MovedTable";
import { useDone } from "./useDone";

interface Props {
  round: string;
  plan: string;
  /** None: everybody. */
  row: GoalRoundRow | null;
  onClose: () => void;
}

export function Adopt({ round, plan, row, onClose }: Props) {
  const { t } = useTranslation();
  const done = useDone();
  const [above, setAbove] = useState<GoalAbove>("grow");
  const [frozen, setFrozen] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const look = useCommand("adopt_goals");
  const make = useCommand("adopt_goals");
  const name = row?.name ?? t("goalRound.adopt.everybody");
  const args = (preview: boolean): AdoptGoals => ({ round, plan, ...(row && { unit: row.unit }), above, ...(frozen !== null && { frozen_before: frozen }), ...(reason.trim() && { reason: reason.trim() }), preview });
  const again = () => {
    // What was looked at is what is made.
    look.reset();
    make.reset();
  };
  const chosen = (value: GoalAbove) => {
    setAbove(value);
    again();
  };
  const adopted = () => {
    done(t("goalRound.adopt.done", { name }));
    onClose();
  };
  const error = make.error ?? look.error;
  return (
    <Drawer
      open
      onClose={onClose}
      title={t("goalRound.adopt.title", { name })}
      size={820}
      data-testid="round-adopt"
      footer={
        <span className="round-actions">
          <Button type={look.data ? "default" : "primary"} loading={look.isPending} onClick={() => look.mutate(args(true))} data-testid="round-adopt-preview">
            {t("goalRound.adopt.preview")}
          </Button>
          <Button type={look.data ? "primary" : "default"} disabled={!look.data} loading={make.isPending} onClick={() => make.mutate(args(false), { onSuccess: adopted })} data-testid="round-adopt-apply">
            {t("goalRound.adopt.apply")}
          </Button>
        </span>
      }
    >
      <p className="quiet">{t("goalRound.adopt.explain")}</p>
      <Form layout="vertical">
        <Form.Item label={t("goalRound.adopt.above")}>
          <Radio.Group
            aria-label={t("goalRound.adopt.above")}
            value={above}
            onChange={(event) => chosen(event.target.value as GoalAbove)}
            options={(["grow", "units"] as const).map((value) => ({ value, label: t(`goalRound.adopt.${value}`) }))}
          />
        </Form.Item>
        <Form.Item label={t("goals.grid.frozenBefore.label")} htmlFor="adopt-frozen-before" extra={t("goals.grid.frozenBefore.explain")}>
          <DatePicker
            id="adopt-frozen-before"
            value={frozen === null ? null : dayjs(frozen)}
            onChange={(day) => {
              setFrozen(day ? day.format("YYYY-MM-DD") : null);
              again();
            }}
          />
        </Form.Item>
        <Form.Item label={t("goalRound.adopt.reason")} htmlFor="adopt-reason">
          <Input id="adopt-reason" value={reason} onChange={(event) => setReason(event.target.value)} />
        </Form.Item>
      </Form>
      {error && <ErrorState error={error} />}
      {look.data && (
        <div data-testid="round-adopt-moves">
          <Notes messages={[...look.data.notes, ...look.data.edited.notes]} tone="warning" />
          <MovedTable label={t("goalRound.adopt.moved")} rows={look.data.edited.moved} count={look.data.edited.moved_total} />
        </div>
      )}
    </Drawer>
  );
}
