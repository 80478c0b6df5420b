/** Asks what a step needs, and makes it. The state is the one that was seen when the dialog opened. */
import { DatePicker, Form, Input, Modal, Select } from "antd";
import dayjs from "dayjs";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { BonusCycle, CycleAction } from "../../../backend/generated";
import { useRead } from "../../../backend/query";
import { ErrorState } from "../../../components/ErrorState";
import { formatCount, formatMoney } from "../../../components/format";
import { Money } from "../../../components/figures";
import { useAuthor } from "../../../components/history/ChangeHead";
import { periodLabel } from "../../../components/period";
import { useLanguage } from "../../../i18n";
import { SEPARATORS } from "../../../i18n/say";
import { MAX_REASON } from "../reason";
import { Hold } from "./Hold";
import { missingIn, openTeams, takesReason, type Draft } from "./step";
import { useStep } from "./useStep";

interface Props {
  action: CycleAction;
  cycle: BonusCycle;
  /** The team that is approved, where it was chosen before. */
  unit: string | null;
  onClose: () => void;
}

export function StepDialog({ action, cycle: newest, unit, onClose }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const status = useRead("get_status", {}).data;
  const today = status?.today ?? null;
  // What was looked at is what is approved, whatever comes in behind the dialog.
  const [cycle] = useState(newest);
  const mine = cycle.teams.filter(({ may_approve }) => may_approve);
  const [draft, setDraft] = useState<Draft>({ unit: unit ?? mine[0]?.unit ?? null, hold: [], on: null, reason: "" });
  const [tried, setTried] = useState(false);
  const { make, isPending, error } = useStep(cycle, action, onClose);
  const change = (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part }));
  // Whoever signs for a team that others lead is asked why.
  const inPlace = cycle.teams.find((one) => one.unit === draft.unit)?.in_place ?? false;
  const full = { ...draft, on: draft.on ?? today, inPlace };
  const missing = missingIn(action, cycle, full);
  const help = tried && missing ? t(`bonus.cycle.form.${missing}`) : null;
  const send = () => {
    setTried(true);
    if (!missing) make(full);
  };
  return (
    <Modal
      open
      title={`${t(`bonus.cycle.actions.${action}`)} · ${periodLabel(cycle.period, t, language)}`}
      okText={t(`bonus.cycle.actions.${action}`)}
      cancelText={t("common.cancel")}
      onOk={send}
      onCancel={onClose}
      confirmLoading={isPending}
      okButtonProps={OK}
      width={520}
    >
      <div className="step-dialog" data-testid="step-dialog">
        <p className="quiet">{t(`bonus.cycle.text.${action}`)}</p>
        <Total cycle={cycle} action={action} unit={draft.unit} />
        <Form layout="vertical">
          {action === "submit" && <Hold cycle={cycle} hold={draft.hold} help={missing === "holdNeeded" ? help : null} onHold={(hold) => change({ hold })} />}
          {action === "approve_team" && mine.length > 1 && (
            <Form.Item label={t("bonus.cycle.form.team")} htmlFor="step-team">
              <Select id="step-team" value={draft.unit} onChange={(chosen) => change({ unit: chosen })} options={mine.map((team) => ({ value: team.unit, label: team.name }))} data-testid="step-team" />
            </Form.Item>
          )}
          {action === "approve_hr" && openTeams(cycle).length > 0 && (
            <p className="step-missing" data-testid="step-missing">{t("bonus.cycle.form.missing", { names: openTeams(cycle).join(SEPARATORS[language]) })}</p>
          )}
          {(action === "reopen" || action === "refuse_reopen") && <Asked cycle={cycle} />}
          {action === "pay" && (
            <Field label={t("bonus.cycle.form.on")} id="step-on" help={help}>
              <DatePicker id="step-on" allowClear={false} value={full.on === null ? null : dayjs(full.on)} onChange={(day) => change({ on: day ? day.format("YYYY-MM-DD") : null })} />
            </Field>
          )}
          {takesReason(action, cycle, full) && (
            <Field label={t(`bonus.cycle.form.${action === "approve_hr" ? "reasonMissing" : action === "submit" ? "reasonHold" : "reason"}`)} id="step-reason" help={missing === "reasonNeeded" ? help : null}>
              <Input.TextArea id="step-reason" rows={3} maxLength={MAX_REASON} showCount value={draft.reason} onChange={(event) => change({ reason: event.target.value })} data-testid="step-reason" />
            </Field>
          )}
        </Form>
        {error && <ErrorState error={error} />}
      </div>
    </Modal>
  );
}

/** A data attribute is a legal button property that the type does not list. */
const OK = { "data-testid": "step-ok" };

function Field({ label, id, help, children }: { label: string; id: string; help: string | null; children: ReactNode }) {
  return (
    <Form.Item label={label} htmlFor={id} validateStatus={help ? "error" : ""} help={help && <span role="alert">{help}</span>}>
      {children}
    </Form.Item>
  );
}

/** What is decided on, in money: of the team where it is a team. */
function Total({ cycle, action, unit }: { cycle: BonusCycle; action: CycleAction; unit: string | null }) {
  const { t } = useTranslation();
  const team = action === "approve_team" ? cycle.teams.find((one) => one.unit === unit) : undefined;
  if (team) {
    return (
      <p className="step-total">
        <span className="quiet">{team.name}</span>
        <strong className="figure">{t("bonus.cycle.form.teamSum", { count: team.people, people: formatCount(team.people), total: formatMoney(team.total) })}</strong>
      </p>
    );
  }
  if (!cycle.total) return null;
  return (
    <p className="step-total">
      <span className="quiet">{t("bonus.cycle.form.total")}</span>
      <strong><Money value={cycle.total} /></strong>
    </p>
  );
}

/** Who asked for it, and why. */
function Asked({ cycle: { steps } }: { cycle: BonusCycle }) {
  const { t } = useTranslation();
  const author = useAuthor();
  const asked = steps.findLast(({ kind }) => kind === "ask_reopen");
  if (!asked) return null;
  return <p className="step-missing" data-testid="step-asked">{t("bonus.cycle.form.asked", { by: author(asked.by), reason: asked.reason ?? "—" })}</p>;
}
