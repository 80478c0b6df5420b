/** Asks whether a suggested amount becomes the goal, with what would change by it; nothing is kept before that. */
import { Modal, Radio, Skeleton } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useBackend, type BackendError } from "../../../backend/backend";
import type { EditGoal, GoalAbove, GoalDifference, GoalEdited } from "../../../backend/generated";
import { useCommand, useRead } from "../../../backend/query";
import { ErrorState } from "../../../components/ErrorState";
import { formatCount, formatDecimal, formatMoney } from "../../../components/format";
import { Notes } from "../../../components/MessageText";
import { periodLabel } from "../../../components/period";
import { useChangeToast } from "../../../components/useChangeToast";
import { useLanguage } from "../../../i18n";
import { useGoalMetric } from "../metric";

/** The largest changes; the rest is counted. */
const SHOWN = 6;

interface Props {
  /** Major units; null is closed. */
  amount: string | null;
  unit: string;
  name: string;
  period: string;
  year: number;
  currency: string;
  onClose: () => void;
}

export function UseAmount(props: Props) {
  const { amount, onClose } = props;
  return amount === null ? null : <Question {...props} amount={amount} onClose={onClose} />;
}

function Question({ amount, unit, name, period, year, currency, onClose }: Props & { amount: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const backend = useBackend();
  const done = useChangeToast();
  const [above, setAbove] = useState<GoalAbove>("grow");
  const [metric] = useGoalMetric();
  const goal = useRead("get_goal", { metric, year });
  const plan = goal.data?.plan?.id;
  const edit = (preview: boolean): EditGoal => ({ plan: plan ?? "", edits: [{ kind: "set", unit, period, amount, above }], preview });
  const preview = useQuery<GoalEdited, BackendError>({
    queryKey: ["preview_edit_goal", plan, unit, period, amount, above],
    queryFn: () => backend.call("edit_goal", edit(true)),
    enabled: plan !== undefined,
    gcTime: 0,
    staleTime: 0,
  });
  const keep = useCommand("edit_goal");
  const run = () =>
    keep.mutate(edit(false), {
      onSuccess: () => {
        done(t("goalProgress.used", { name, amount: formatMoney({ amount, currency }) }));
        onClose();
      },
    });
  const error = goal.error ?? preview.error;
  return (
    <Modal
      open
      title={t("goalProgress.useQuestion", { name, period: periodLabel(period, t, language), amount: formatMoney({ amount, currency }) })}
      okText={t("goalProgress.useConfirm")}
      cancelText={t("common.cancel")}
      okButtonProps={{ disabled: !preview.data, loading: keep.isPending, ...OK_BUTTON }}
      onOk={run}
      onCancel={onClose}
    >
      <Radio.Group
        className="use-above"
        aria-label={t("goalProgress.above")}
        value={above}
        onChange={(event) => setAbove(event.target.value as GoalAbove)}
        options={(["grow", "units", "periods"] as const).map((value) => ({ value, label: t(`goalProgress.aboveBy.${value}`) }))}
      />
      {error && <ErrorState error={error} onRetry={() => void (goal.error ? goal.refetch() : preview.refetch())} />}
      {keep.error && <ErrorState error={keep.error} onRetry={run} />}
      {!error && (preview.data ? <Effect edited={preview.data} /> : <Skeleton active title={false} paragraph={{ rows: 3 }} />)}
    </Modal>
  );
}

/** A data attribute is a legal button property that the type does not list. */
const OK_BUTTON = { "data-testid": "use-confirm" };

function Effect({ edited }: { edited: GoalEdited }) {
  const { t } = useTranslation();
  const rest = edited.moved_total - Math.min(SHOWN, edited.moved.length);
  return (
    <div data-testid="use-effect">
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t("goalMoves.unit")}</th>
            <th scope="col" className="number">{t("goalMoves.before")}</th>
            <th scope="col" className="number">{t("goalMoves.after")}</th>
          </tr>
        </thead>
        <tbody>
          {edited.moved.slice(0, SHOWN).map((row) => (
            <tr key={`${row.unit} ${row.period}`}>
              <th scope="row">{nameOf(row)}</th>
              <td className="number figure">{formatDecimal(row.before)}</td>
              <td className="number figure">{formatDecimal(row.after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rest > 0 && <p className="quiet">{t("goalProgress.moreMoved", { count: rest, units: formatCount(rest) })}</p>}
      <Notes messages={edited.notes} />
    </div>
  );
}

function nameOf({ name, staff_number }: GoalDifference): string {
  return staff_number ? `${name} ${staff_number}` : name;
}
