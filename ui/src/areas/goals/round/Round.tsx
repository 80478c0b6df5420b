/** A round: how far it is, and its tree with what may be done in each row. */
import { App, Button, Drawer, Input, Pagination } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { BackendError } from "../../../backend/backend";
import type { GoalPlanInfo, GoalRoundInfo, GoalRoundRow } from "../../../backend/generated";
import { useCommand, useRead } from "../../../backend/query";
import { currencySymbol, formatDate } from "../../../components/format";
import { Answer, Section } from "../../../components/Page";
import { useToast } from "../../../components/useToast";
import { useSay } from "../../../i18n/say";
import { Adopt } from "./Adopt";
import { Comments } from "./Comments";
import { ChangeDays } from "./OpenRound";
import { RoundTree, type RowAction } from "./RoundTree";
import { StepDrawer } from "./StepDrawer";
import { useDone } from "./useDone";

const PAGE = 200;

interface Props {
  info: GoalRoundInfo;
  plan: GoalPlanInfo;
  canRun: boolean;
  currency: string;
}

type Panel = { action: RowAction; row: GoalRoundRow | null } | null;

export function Round({ info, plan, canRun, currency }: Props) {
  const { t } = useTranslation();
  const [expanded, setExpanded] = useState<string[]>([]);
  const [search, setSearch] = useState("");
  const [page, setPage] = useState(1);
  const [panel, setPanel] = useState<Panel>(null);
  const [days, setDays] = useState(false);
  const asked = { metric: info.metric, year: info.year, round: info.id, expanded, ...(search.trim() && { search: search.trim() }), offset: (page - 1) * PAGE, limit: PAGE };
  // The tree stays while what was opened or looked for comes.
  const tree = useRead("get_goal_round", asked, { placeholderData: (before) => before });
  const toggle = (unit: string, open: boolean) => setExpanded((old) => (open ? [...old, unit] : old.filter((one) => one !== unit)));
  const close = () => setPanel(null);
  const isOpen = info.closed_at === null;
  return (
    <Section
      title={t("goalRound.tree", { year: String(info.year) })}
      context={
        <>
          {!isOpen && <strong>{t("goalRound.closed")} · </strong>}
          {t("goalRound.state", { said: info.said, people: info.people, submitted: info.teams_submitted, teams: info.teams, people_due: info.people_due, managers_due: info.managers_due })}
        </>
      }
      actions={
        <>
          <Input.Search
            allowClear
            aria-label={t("goalRound.search")}
            placeholder={t("goalRound.search")}
            className="round-search"
            onSearch={(text) => {
              setSearch(text);
              setPage(1);
            }}
          />
          {canRun && isOpen && <Button onClick={() => setDays(true)} data-testid="round-days">{t("goalRound.days")}</Button>}
          {canRun && isOpen && <CloseRound info={info} />}
          {canRun && (
            <Button type="primary" onClick={() => setPanel({ action: "adopt", row: null })} data-testid="round-adopt-all">
              {t("goalRound.adopt.all")}
            </Button>
          )}
        </>
      }
      testId="round"
    >
      <Answer query={tree}>
        {(view) => (
          <>
            <RoundTree
              label={t("goalRound.tree", { year: String(info.year) })}
              rows={view.rows}
              symbol={currencySymbol(currency).trim()}
              canAdopt={canRun}
              onToggle={toggle}
              onAction={(action, row) => setPanel({ action, row })}
            />
            {view.last_year_until && <p className="quiet" data-testid="round-so-far">{t("goalRound.soFar", { year: String(info.year - 1), day: formatDate(view.last_year_until) })}</p>}
            {view.total > PAGE && <Pagination current={page} pageSize={PAGE} total={view.total} showSizeChanger={false} onChange={setPage} />}
          </>
        )}
      </Answer>
      <Drawer open={days} onClose={() => setDays(false)} title={t("goalRound.days")} size={420} destroyOnHidden>
        <ChangeDays info={info} onClose={() => setDays(false)} />
      </Drawer>
      {panel?.action === "adopt" && <Adopt round={info.id} plan={plan.id} row={panel.row} onClose={close} />}
      {panel?.action === "comments" && panel.row && <Comments plan={plan.id} year={info.year} row={panel.row} onClose={close} />}
      {panel?.row && panel.action !== "adopt" && panel.action !== "comments" && (
        <StepDrawer action={panel.action} round={info.id} row={panel.row} symbol={currencySymbol(currency).trim()} onClose={close} />
      )}
    </Section>
  );
}

function CloseRound({ info }: { info: GoalRoundInfo }) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const close = useCommand("close_goal_round");
  const done = useDone();
  const toast = useToast();
  const say = useSay();
  const ask = () =>
    void modal.confirm({
      title: t("goalRound.closeQuestion", { year: String(info.year) }),
      content: t("goalRound.closeText"),
      okText: t("goalRound.close"),
      cancelText: t("common.cancel"),
      onOk: () =>
        close.mutateAsync({ round: info.id }).then(
          () => done(t("goalRound.closed")),
          (thrown: unknown) => toast.failed(say(BackendError.from(thrown))),
        ),
    });
  return <Button onClick={ask} data-testid="round-close">{t("goalRound.close")}</Button>;
}
