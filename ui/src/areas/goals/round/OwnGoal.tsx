/** A person's own goal by quarter and month, with the button that confirms exactly these figures. */
import { App, Button } from "antd";
import { useTranslation } from "react-i18next";

import { BackendError } from "../../../backend/backend";
import type { GoalConfirmationView } from "../../../backend/generated";
import { useCommand, useRead } from "../../../backend/query";
import { formatDecimal, formatMoney, sumDecimals } from "../../../components/format";
import { Answer, Section } from "../../../components/Page";
import { shortPeriodLabel } from "../../../components/period";
import { useRights } from "../../../components/rights";
import { useToast } from "../../../components/useToast";
import { useLanguage } from "../../../i18n";
import { useSay } from "../../../i18n/say";
import { useLetter } from "./useLetter";
import { useGoalMetric } from "../metric";

export function OwnGoal({ year }: { year: number }) {
  const [metric] = useGoalMetric();
  const own = useRead("get_goal_confirmation", { metric, year });
  // Whoever leads and has no goal of their own has nothing to confirm: that is no failure.
  if (own.error?.code === "goal_no_row") return null;
  return <Answer query={own}>{(view) => <Card view={view} year={year} />}</Answer>;
}

function Card({ view, year }: { view: GoalConfirmationView; year: number }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const may = useRights();
  const letter = useLetter(year);
  const { row, publication, months } = view;
  const money = (amount: string) => formatMoney({ amount, currency: view.plan.amount.currency });
  const quarters = [0, 1, 2, 3].map((quarter) => months.slice(quarter * 3, quarter * 3 + 3));
  return (
    <Section
      title={t("goalRound.own.title", { year: String(year) })}
      context={
        <>
          {t("goalRound.own.amount", { amount: money(row.amount) })} · {publication ? t(`goalRound.confirm.state.${row.state}`) : t("goalRound.publish.not")}{" "}
          {view.confirmed_before !== null && t("goalRound.own.before", { amount: money(view.confirmed_before) })}
        </>
      }
      actions={
        <>
          {may("export_reports") && (
            <Button loading={letter.pending} onClick={() => letter.write()} data-testid="own-letter">
              {t("goalRound.own.letter")}
            </Button>
          )}
          {publication && row.state !== "confirmed" && may("propose_goals") && <Confirm view={view} amount={money(row.amount)} />}
        </>
      }
      testId="own-goal"
    >
      <table className="plain-table" aria-label={t("goalRound.own.title", { year: String(year) })}>
        <thead>
          <tr>
            <th scope="col">{t("goalRound.own.quarter")}</th>
            <th scope="col" colSpan={3}>{t("goalRound.own.months")}</th>
          </tr>
        </thead>
        <tbody>
          {quarters.map((three, index) => (
            <tr key={three[0]?.[0]}>
              <th scope="row">
                {shortPeriodLabel(`${year}-Q${index + 1}`, t, language)} <strong className="figure">{formatDecimal(sumDecimals(three.map(([, amount]) => amount)))}</strong>
              </th>
              {three.map(([month, amount]) => (
                <td key={month}>
                  <span className="quiet">{shortPeriodLabel(month, t, language)}</span> <span className="figure">{formatDecimal(amount)}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Confirm({ view, amount }: { view: GoalConfirmationView; amount: string }) {
  const { t } = useTranslation();
  const say = useSay();
  const toast = useToast();
  const { modal } = App.useApp();
  const confirm = useCommand("confirm_goal");
  const ask = () =>
    void modal.confirm({
      title: t("goalRound.own.question", { amount }),
      content: t("goalRound.confirm.final"),
      okText: t("goalRound.own.confirm", { amount }),
      okButtonProps: OK,
      cancelText: t("common.cancel"),
      onOk: () =>
        confirm.mutateAsync({ plan: view.plan.id, hash: view.row.hash }).then(
          ({ name }) => toast.done(t("goalRound.confirm.done", { name })),
          (thrown: unknown) => toast.failed(say(BackendError.from(thrown))),
        ),
    });
  return (
    <Button type="primary" onClick={ask} data-testid="own-confirm">
      {t("goalRound.own.confirm", { amount })}
    </Button>
  );
}

/** A data attribute is a legal button property that the type does not list. */
const OK = { "data-testid": "own-confirm-ok" };
