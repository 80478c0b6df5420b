/** Where a goal of a KPI comes from: set, inherited, or made of those below, with what each part weighs. */
import { Link } from "@tanstack/react-router";
import { Drawer } from "antd";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";

import type { KpiGoalParts, KpiGoalView } from "../../../backend/generated";
import { useRead } from "../../../backend/query";
import { formatDecimal, formatPoints, MISSING, roundExact } from "../../../components/format";
import { MessageText } from "../../../components/MessageText";
import { Answer } from "../../../components/Page";
import { periodLabel } from "../../../components/period";
import { useLanguage, type Language } from "../../../i18n";
import { SEPARATORS } from "../../../i18n/say";
import { both } from "../../../i18n/both";
import { shownText } from "./exact";
import { PLANNED } from "./planned";
import type { Asked } from "./useWhich";

interface Props {
  metric: string;
  asked: Asked;
  period: string;
  onClose: () => void;
}

export function GoalWhy(props: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { metric, onClose } = props;
  const name = useRead("list_metrics", {}).data?.find(({ code }) => code === metric)?.name;
  return (
    <Drawer open onClose={onClose} title={t("scorecards.goals.whyOf", { name: name ? both(name, language) : metric })} size={560} destroyOnHidden data-testid="kpi-why">
      {metric === PLANNED ? (
        <p className="kpi-plan-why">
          {t("scorecards.why.plan")} <Link to="/goals">{t("scorecards.goals.toPlan")}</Link>
        </p>
      ) : (
        <Why {...props} />
      )}
    </Drawer>
  );
}

function Why({ metric, asked, period }: Props) {
  const goal = useRead("get_kpi_goal", { metric, ...asked, period });
  return <Answer query={goal}>{(view) => <Shown view={view} />}</Answer>;
}

function Shown({ view }: { view: KpiGoalView }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { goal, reason, parts } = view;
  return (
    <div className="kpi-why">
      <p className="quiet">
        {t("scorecards.why.title", { kpi: both(view.name, language), name: view.whose_name })} · {periodLabel(view.period, t, language)}
      </p>
      <p className="records-value figure">{goal ? shownText(goal.shown) : t("scorecards.why.none")}</p>
      {goal && <p>{said(goal.source, t, view)}</p>}
      {goal?.set_for && goal.set_for !== view.period && <p>{t("scorecards.why.setFor", { period: periodLabel(goal.set_for, t, language) })}</p>}
      {reason && <p><MessageText message={reason} /></p>}
      {parts && <Parts parts={parts} difference={differenceText(view, language)} />}
    </div>
  );
}

/** Less those below: of a share in points. */
export function differenceText({ goal, difference, difference_shown: shown }: KpiGoalView, language: Language): string | null {
  if (difference === null || shown === null) return null;
  return goal?.shown.endsWith("%") ? formatPoints(difference, language) : shownText(shown);
}

function said(source: string, t: TFunction, view: KpiGoalView): string {
  if (source === "inherited") return t("scorecards.why.inherited", { unit: view.goal?.of ?? MISSING });
  if (source === "own") return t("scorecards.why.own", { name: view.whose_name });
  if (source === "plan") return t("scorecards.why.plan");
  return t(source === "mean" ? "scorecards.why.mean" : "scorecards.why.sum");
}

function Parts({ parts, difference }: { parts: KpiGoalParts; difference: string | null }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const weighed = parts.rows.some(({ weight }) => weight !== null);
  return (
    <section className="kpi-parts" aria-label={t("scorecards.why.parts")}>
      <h3>{t("scorecards.why.parts")}</h3>
      {parts.shown !== null && <p>{t(parts.source === "sum" ? "scorecards.why.partSum" : "scorecards.why.partMean", { value: shownText(parts.shown) })}</p>}
      {parts.weighed_by !== null && (
        <p className="quiet">
          {parts.weighed_by === "people" || parts.weighed_in === null
            ? t("scorecards.why.weighedPeople")
            : t("scorecards.why.weighedBy", { formula: parts.weighed_by, year: String(parts.weighed_in) })}
        </p>
      )}
      {difference !== null && <p>{t("scorecards.why.difference", { value: difference })}</p>}
      <table className="plain-table" aria-label={t("scorecards.why.parts")} data-testid="kpi-parts">
        <thead>
          <tr>
            <th scope="col">{t("scorecards.why.part")}</th>
            <th scope="col" className="number">{t("scorecards.why.goal")}</th>
            <th scope="col">{t("scorecards.why.from")}</th>
            {weighed && <th scope="col" className="number">{t("scorecards.why.weight")}</th>}
          </tr>
        </thead>
        <tbody>
          {parts.rows.map((row) => (
            <tr key={row.whose}>
              <th scope="row">{row.name}</th>
              <td className="number figure">{shownText(row.shown)}</td>
              <td>{t(row.inherited ? "scorecards.why.inheritedPart" : "scorecards.why.ownPart")}</td>
              {weighed && <td className="number figure">{weightText(row.weight)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {parts.left_out.length > 0 && <p className="quiet">{t("scorecards.why.leftOut", { names: parts.left_out.join(SEPARATORS[language]) })}</p>}
    </section>
  );
}

function weightText(weight: string | null): string {
  if (weight === null) return MISSING;
  return formatDecimal(weight.includes("/") ? roundExact(weight, 2) : weight);
}
