/** Who confirmed their goal, and the button that asks everybody to. */
import { App, Button, Pagination, Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { BackendError } from "../../../backend/backend";
import type { ConfirmationState, GoalConfirmationRow, GoalConfirmations } from "../../../backend/generated";
import { useCommand, useRead } from "../../../backend/query";
import { currencySymbol, formatDecimal, formatMoment, formatMoney, MISSING } from "../../../components/format";
import { Answer, Section } from "../../../components/Page";
import { useRights } from "../../../components/rights";
import { TaskProgress } from "../../../components/TaskProgress";
import { useToast } from "../../../components/useToast";
import { useSay } from "../../../i18n/say";
import { useLetter } from "./useLetter";
import { useGoalMetric } from "../metric";

const PAGE = 100;
const STATES = ["all", "open", "changed", "confirmed"] as const;
type Filter = (typeof STATES)[number];
type Letter = ReturnType<typeof useLetter>;

export function Confirmations({ year, canRun }: { year: number; canRun: boolean }) {
  const [state, setState] = useState<Filter>("all");
  const [page, setPage] = useState(1);
  const { t } = useTranslation();
  const [metric] = useGoalMetric();
  const letter = useLetter(year);
  const list = useRead(
    "list_goal_confirmations",
    { metric, year, ...(state !== "all" && { state: state satisfies ConfirmationState }), offset: (page - 1) * PAGE, limit: PAGE },
    { placeholderData: (before) => before },
  );
  const choose = (value: Filter) => {
    setState(value);
    setPage(1);
  };
  return (
    <Answer query={list}>
      {(view) => (
        <Section title={t("goalRound.confirm.title")} context={<Standing view={view} />} actions={<Tools view={view} year={year} canRun={canRun} letter={letter} />} testId="confirmations">
          {letter.task && <TaskProgress {...letter.task} />}
          <Segmented<Filter>
            aria-label={t("goalRound.confirm.list")}
            value={state}
            onChange={choose}
            options={STATES.map((value) => ({ value, label: value === "all" ? t("goalRound.confirm.all") : t(`goalRound.confirm.state.${value}`) }))}
          />
          <List view={view} canRun={canRun} letter={letter} />
          {view.total > PAGE && <Pagination current={page} pageSize={PAGE} total={view.total} showSizeChanger={false} onChange={setPage} />}
        </Section>
      )}
    </Answer>
  );
}

function Standing({ view: { publication, open, confirmed, changed } }: { view: GoalConfirmations }) {
  const { t } = useTranslation();
  if (!publication) return <>{t("goalRound.publish.not")}</>;
  return (
    <span data-testid="confirm-counts">
      {t("goalRound.confirm.counts", { confirmed, open, changed })} · {t("goalRound.publish.at", { version: publication.version, at: formatMoment(publication.at), author: publication.author })}
      {!publication.unchanged && <strong> · {t("goalRound.publish.changed")}</strong>}
    </span>
  );
}

function Tools({ view, year, canRun, letter }: { view: GoalConfirmations; year: number; canRun: boolean; letter: Letter }) {
  const { t } = useTranslation();
  const may = useRights();
  const say = useSay();
  const toast = useToast();
  const { modal } = App.useApp();
  const publish = useCommand("publish_goal");
  const ask = () =>
    void modal.confirm({
      title: t("goalRound.publish.question", { year: String(year), version: view.plan.version }),
      content: t("goalRound.publish.text"),
      okText: t("goalRound.publish.action"),
      okButtonProps: OK,
      cancelText: t("common.cancel"),
      onOk: () =>
        publish.mutateAsync({ plan: view.plan.id }).then(
          () => toast.done(t("goalRound.publish.done")),
          (thrown: unknown) => toast.failed(say(BackendError.from(thrown))),
        ),
    });
  return (
    <>
      {canRun && may("export_reports") && (
        <Button loading={letter.pending} onClick={letter.writeAll} data-testid="round-letters">
          {t("goalRound.confirm.letters")}
        </Button>
      )}
      {canRun && !view.publication?.unchanged && (
        <Button onClick={ask} data-testid="round-publish">
          {t("goalRound.publish.action")}
        </Button>
      )}
    </>
  );
}

function List({ view, canRun, letter }: { view: GoalConfirmations; canRun: boolean; letter: Letter }) {
  const { t } = useTranslation();
  const may = useRights();
  if (view.rows.length === 0) return <p className="quiet">{t("goalRound.confirm.none")}</p>;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="round-tree" tabIndex={0} role="region" aria-label={t("goalRound.confirm.list")}>
      <table className="plain-table" aria-label={t("goalRound.confirm.list")}>
        <thead>
          <tr>
            <th scope="col">{t("goalRound.confirm.person")}</th>
            <th scope="col">{t("goalRound.confirm.unit")}</th>
            <th scope="col" className="number">{t("goalRound.confirm.amount", { symbol: currencySymbol(view.currency).trim() })}</th>
            <th scope="col">{t("goalRound.column.state")}</th>
            <th scope="col">{t("goalRound.confirm.at")}</th>
            <th scope="col">{t("goalRound.column.actions")}</th>
          </tr>
        </thead>
        <tbody>
          {view.rows.map((row) => (
            <tr key={row.person} data-testid={`confirm-row-${row.person}`}>
              <th scope="row">
                {row.name} {row.staff_number !== undefined && <span className="staff">{row.staff_number}</span>}
              </th>
              <td>{row.unit ?? MISSING}</td>
              <td className="number figure">{formatDecimal(row.amount)}</td>
              <td>{t(`goalRound.confirm.state.${row.state}`)}</td>
              <td>
                {formatMoment(row.confirmed_at)} {row.on_paper && t("goalRound.confirm.paper")}
              </td>
              <td>
                <span className="round-actions">
                  {canRun && view.publication && row.state !== "confirmed" && <Paper view={view} row={row} />}
                  {may("export_reports") && (
                    <Button size="small" aria-label={t("goalRound.actionOf", { action: t("goalRound.confirm.letter"), name: row.name })} onClick={() => letter.write(row.person)}>
                      {t("goalRound.confirm.letter")}
                    </Button>
                  )}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** HR has the signed paper of somebody. */
function Paper({ view, row }: { view: GoalConfirmations; row: GoalConfirmationRow }) {
  const { t } = useTranslation();
  const say = useSay();
  const toast = useToast();
  const { modal } = App.useApp();
  const confirm = useCommand("confirm_goal");
  const ask = () =>
    void modal.confirm({
      title: t("goalRound.confirm.recordQuestion", { name: row.name, amount: formatMoney({ amount: row.amount, currency: view.currency }) }),
      content: t("goalRound.confirm.final"),
      okText: t("goalRound.confirm.recordPaper"),
      cancelText: t("common.cancel"),
      onOk: () =>
        confirm.mutateAsync({ plan: view.plan.id, hash: row.hash, person: row.person }).then(
          ({ name }) => toast.done(t("goalRound.confirm.done", { name })),
          (thrown: unknown) => toast.failed(say(BackendError.from(thrown))),
        ),
    });
  return (
    <Button size="small" aria-label={t("goalRound.actionOf", { action: t("goalRound.confirm.recordPaper"), name: row.name })} onClick={ask}>
      {t("goalRound.confirm.recordPaper")}
    </Button>
  );
}

/** A data attribute is a legal button property that the type does not list. */
const OK = { "data-testid": "round-publish-ok" };
