/** What every role is measured by, version by version; HR sets a new one from a day on, changes one or takes one away. */
import { Button } from "antd";
import { CircleCheck, CircleDashed, Clock, Plus, Scale } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { BackendError } from "../../../backend/backend";
import type { ScorecardInfo } from "../../../backend/generated";
import { useCommand, useRead } from "../../../backend/query";
import { formatDate } from "../../../components/format";
import { Notes } from "../../../components/MessageText";
import { Answer, EmptyState, Section } from "../../../components/Page";
import { useRights } from "../../../components/rights";
import { useToast } from "../../../components/useToast";
import { useLanguage } from "../../../i18n";
import { useSay } from "../../../i18n/say";
import { both } from "../../../i18n/both";
import { useDone } from "../round/useDone";
import { WeightsEditor } from "./WeightsEditor";

/** What the editor starts from: a version, or nothing. */
type Editing = ScorecardInfo | "new" | null;

export function Weights() {
  const { t } = useTranslation();
  const maySet = useRights()("set_goals");
  const list = useRead("list_scorecards", {});
  const [editing, setEditing] = useState<Editing>(null);
  const add = maySet && (
    <Button type="primary" icon={<Plus size={14} aria-hidden />} onClick={() => setEditing("new")} data-testid="weights-add">
      {t("scorecards.weights.add")}
    </Button>
  );
  return (
    <Answer query={list}>
      {({ scorecards, notes }) => (
        <Section title={t("scorecards.weights.title")} context={t("scorecards.weights.context")} actions={scorecards.length > 0 && add} testId="weights">
          <Notes messages={notes} />
          {scorecards.length === 0 ? (
            <EmptyState
              icon={<Scale size={28} aria-hidden />}
              title={t("scorecards.weights.none")}
              text={t(maySet ? "scorecards.weights.noneText" : "scorecards.weights.noneReader")}
              action={add}
            />
          ) : (
            <Versions scorecards={scorecards} maySet={maySet} onChange={setEditing} />
          )}
          {editing !== null && <WeightsEditor start={editing === "new" ? null : editing} all={scorecards} onClose={() => setEditing(null)} />}
        </Section>
      )}
    </Answer>
  );
}

/** The newest of a role first. */
function inOrder(scorecards: readonly ScorecardInfo[]): ScorecardInfo[] {
  const roles = [...new Set(scorecards.map(({ role }) => role))];
  return roles.flatMap((role) => scorecards.filter((one) => one.role === role).toSorted((a, b) => b.from.localeCompare(a.from)));
}

function Versions({ scorecards, maySet, onChange }: { scorecards: readonly ScorecardInfo[]; maySet: boolean; onChange: (one: ScorecardInfo) => void }) {
  const { t } = useTranslation();
  return (
    <div className="kpi-scroll">
      <table className="plain-table kpi-versions" aria-label={t("scorecards.weights.title")} data-testid="weights-table">
        <thead>
          <tr>
            {(["role", "from", "to", "state", "kpis"] as const).map((key) => (
              <th key={key} scope="col">{t(`scorecards.weights.${key}`)}</th>
            ))}
            {maySet && <th scope="col">{t("scorecards.weights.actions")}</th>}
          </tr>
        </thead>
        <tbody>
          {inOrder(scorecards).map((one) => (
            <tr key={`${one.role} ${one.from}`} className={one.in_force ? "" : "kpi-not-now"} data-testid={`weights-${one.role ?? "everybody"}-${one.from}`}>
              <th scope="row">{t(`scorecards.roles.${one.role ?? "everybody"}`)}</th>
              <td className="figure">{formatDate(one.from)}</td>
              <td className="figure">{one.to === null ? t("scorecards.weights.open") : formatDate(one.to)}</td>
              <td><State one={one} /></td>
              <td><Kpis one={one} /></td>
              {maySet && <td><Actions one={one} onChange={onChange} /></td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A shape and a word. */
function State({ one }: { one: ScorecardInfo }) {
  const { t } = useTranslation();
  const today = useRead("get_status", {}).data?.today ?? "";
  const state = one.in_force ? "now" : one.from > today ? "later" : "past";
  const Shape = { now: CircleCheck, later: Clock, past: CircleDashed }[state];
  return (
    <span className={`kpi-state kpi-state-${state}`}>
      <Shape size={14} aria-hidden /> {t(`scorecards.weights.states.${state}`)}
    </span>
  );
}

function Kpis({ one }: { one: ScorecardInfo }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <ul className="kpi-weights">
      {one.kpis.map((kpi) => (
        <li key={kpi.metric}>
          {both(kpi.name, language)} <strong className="figure">{kpi.weight_shown}</strong>
          {kpi.cap_shown !== null && <span className="quiet"> {t("scorecards.weights.cap", { cap: kpi.cap_shown })}</span>}
        </li>
      ))}
    </ul>
  );
}

function Actions({ one, onChange }: { one: ScorecardInfo; onChange: (one: ScorecardInfo) => void }) {
  const { t } = useTranslation();
  const say = useSay();
  const done = useDone();
  const toast = useToast();
  const set = useCommand("set_scorecard");
  const named = { role: t(`scorecards.roles.${one.role ?? "everybody"}`), from: one.from };
  const id = `${one.role ?? "everybody"}-${one.from}`;
  const remove = () =>
    set.mutate(
      { role: one.role, from: one.from, kpis: [] },
      { onSuccess: () => done(t("scorecards.weights.removed")), onError: (thrown) => toast.failed(say(BackendError.from(thrown))) },
    );
  return (
    <span className="kpi-actions">
      <Button size="small" aria-label={t("scorecards.weights.changeOf", named)} onClick={() => onChange(one)} data-testid={`weights-change-${id}`}>
        {t("scorecards.weights.change")}
      </Button>
      <Button size="small" aria-label={t("scorecards.weights.removeOf", named)} loading={set.isPending} onClick={remove} data-testid={`weights-remove-${id}`}>
        {t("scorecards.weights.remove")}
      </Button>
    </span>
  );
}
