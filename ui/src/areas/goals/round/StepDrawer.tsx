/** One step of a row: propose, adjust, hand in, send back; what is refused is said beside the field. */
import { Button, Drawer, Form, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { BackendError } from "../../../backend/backend";
import type { GoalRoundRow, GoalRoundStep } from "../../../backend/generated";
import { useCommand, useRead } from "../../../backend/query";
import { formatDecimal, parseTyped } from "../../../components/format";
import { useToast } from "../../../components/useToast";
import { useSay } from "../../../i18n/say";
import type { StepAction } from "./RoundTree";
import { useDone } from "./useDone";

interface Props {
  action: StepAction;
  round: string;
  row: GoalRoundRow;
  symbol: string;
  onClose: () => void;
}

export function StepDrawer(props: Props) {
  const { action, row, symbol, onClose } = props;
  const { t } = useTranslation();
  const say = useSay();
  const [text, setText] = useState(formatDecimal(row.adjustment?.amount ?? row.proposal?.amount ?? row.goal));
  const [words, setWords] = useState(action === "propose" ? (row.proposal?.note ?? "") : "");
  const [tried, setTried] = useState(false);
  const { run, isPending, error } = useStep(props);
  const numbered = action === "propose" || action === "adjust";
  const reasoned = action === "adjust" || action === "sendBack";
  const amount = amountOf(text);
  const noReason = reasoned && words.trim() === "";
  const save = (value: string | null) => {
    setTried(true);
    if (!noReason && (value !== null || !numbered || row.adjustment !== null)) run(value, words.trim());
  };
  const wrong = numbered && tried && amount === null ? t("goalRound.form.wrong") : null;
  const missing = tried && noReason ? t("goalRound.form.reasonNeeded") : null;
  const refused = error && say(error);
  const ofReason = error?.params["field"] === "reason" || !numbered;
  const amountHelp = wrong ?? (ofReason ? null : refused);
  const wordsHelp = missing ?? (ofReason ? refused : null);
  return (
    <Drawer open onClose={onClose} title={t(`goalRound.form.${action}`, { name: row.name })} size={420} data-testid="round-step">
      {action === "submit" && <p className="quiet">{t("goalRound.form.submitText")}</p>}
      {action === "sendBack" && <p className="quiet">{t("goalRound.form.sendBackText")}</p>}
      <Form layout="vertical" onFinish={() => (numbered && amount === null ? setTried(true) : save(amount))}>
        {numbered && (
          <Form.Item label={t("goalRound.form.amount", { symbol })} htmlFor="round-amount" validateStatus={amountHelp ? "error" : ""} help={amountHelp && <span role="alert">{amountHelp}</span>}>
            <Input id="round-amount" className="figure" inputMode="decimal" autoComplete="off" value={text} onChange={(event) => setText(event.target.value)} data-testid="round-amount" />
          </Form.Item>
        )}
        <Form.Item label={t(reasoned ? "goalRound.form.reason" : "goalRound.form.note")} htmlFor="round-words" validateStatus={wordsHelp ? "error" : ""} help={wordsHelp && <span role="alert">{wordsHelp}</span>}>
          <Input.TextArea id="round-words" rows={3} value={words} onChange={(event) => setWords(event.target.value)} data-testid="round-words" />
        </Form.Item>
        <span className="round-actions">
          <Button type="primary" htmlType="submit" loading={isPending} data-testid="round-save">
            {t(`goalRound.action.${action}`)}
          </Button>
          {action === "adjust" && row.adjustment && (
            <Button onClick={() => save(null)} data-testid="round-own-again">{t("goalRound.form.own")}</Button>
          )}
        </span>
      </Form>
    </Drawer>
  );
}

/** A number of zero or more with at most two decimals; null for anything else. */
function amountOf(text: string): string | null {
  const amount = parseTyped(text);
  return amount !== null && /^\d+(\.\d{1,2})?$/.test(amount) ? amount : null;
}

function useStep({ action, round, row, onClose }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const toast = useToast();
  const done = useDone();
  const own = useRead("get_status", {}).data?.signed_in?.person;
  const propose = useCommand("propose_goal");
  const adjust = useCommand("adjust_goal");
  const submit = useCommand("submit_goals");
  const sendBack = useCommand("send_goals_back");
  const command = { propose, adjust, submit, sendBack }[action];
  const onSuccess = ({ notes }: GoalRoundStep) => {
    done(t("goalRound.form.done", { name: row.name }));
    for (const note of notes) toast.hint(say(note));
    onClose();
  };
  const run = (amount: string | null, words: string) => {
    const note = words === "" ? {} : { note: words };
    if (action === "propose") propose.mutate({ round, amount: amount ?? "", ...note, ...(row.unit !== own && { person: row.unit }) }, { onSuccess });
    else if (action === "adjust") adjust.mutate({ round, person: row.unit, amount, reason: words }, { onSuccess });
    else if (action === "submit") submit.mutate({ round, unit: row.unit, ...note }, { onSuccess });
    else sendBack.mutate({ round, unit: row.unit, reason: words }, { onSuccess });
  };
  return { run, isPending: command.isPending, error: command.error as BackendError | null };
}
