/** Why a year's goal is what it is: what each factor contributed, in order, adding up to the goal. */
import { Drawer } from "antd";
import { Check, CircleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";

import type { GoalWhy, GoalWhyPart, GoalMetric } from "../../backend/generated";
import { useRead } from "../../backend/query";
import { Change, Money } from "../../components/figures";
import { currencySymbol, formatDecimal, formatPercent, signOf } from "../../components/format";
import { Notes } from "../../components/MessageText";
import { Answer, EmptyState } from "../../components/Page";
import { useWord } from "../../i18n";
import { useTerm } from "../../i18n/say";
import { changeOf, ratioOf, waterfall, weightText, type Step, type Waterfall } from "./why";
import "../../components/area.css";
import "./why.css";

interface Props {
  /** Id of the unit or person; null is closed. */
  unit: string | null;
  year: number;
  metric: GoalMetric;
  onClose: () => void;
}

export function GoalWhyDrawer({ unit, year, metric, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Drawer
      open={unit !== null}
      onClose={onClose}
      size={720}
      destroyOnHidden
      title={t("goalWhy.title", { year: String(year) })}
      data-testid="goal-why"
    >
      {unit !== null && <Content unit={unit} year={year} metric={metric} />}
    </Drawer>
  );
}

function Content({ unit, year, metric }: { unit: string; year: number; metric: GoalMetric }) {
  const why = useRead("get_goal_why", { metric, year, unit });
  return <Answer query={why}>{(answer) => <Why why={answer} />}</Answer>;
}

function Why({ why }: { why: GoalWhy }) {
  const { t } = useTranslation();
  const word = useWord();
  const how = why.split_by === null ? t("goals.summary.unsplit") : word("goals.split.by", why.split_by);
  return (
    // Scrolls with its drawer, so that it can be reached by the keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="goal-why" role="region" aria-label={t("goalWhy.open")} tabIndex={0}>
      <p>
        <strong>{why.parent === null ? why.name : t("goalWhy.of", { name: why.name, parent: why.parent })}</strong>
        <span className="quiet"> {t("goalWhy.how", { how, version: String(why.version) })}</span>
      </p>
      {why.parts.length === 0 ? (
        <EmptyState title={t("goalWhy.none", { how })} text={t("goalWhy.noneText")} />
      ) : (
        <Parts why={why} shape={waterfall(why)} />
      )}
      <Facts why={why} />
      <Notes messages={why.notes} />
    </div>
  );
}

function Parts({ why, shape }: { why: GoalWhy; shape: Waterfall }) {
  const { t } = useTranslation();
  const symbol = currencySymbol(why.currency).trim();
  return (
    <table className="plain-table" aria-label={t("goalWhy.caption", { name: why.name })} data-testid="goal-why-parts">
      <thead>
        <tr>
          <th scope="col">{t("goalWhy.source")}</th>
          <th scope="col"><span className="sr-only">{t("goalWhy.place")}</span></th>
          <th scope="col" className="number">{t("goalWhy.amount", { symbol })}</th>
          <th scope="col">{t("goalWhy.weighs")}</th>
        </tr>
      </thead>
      <tbody>
        {shape.steps.map((step, at) => (
          // A source may stand twice; the order is the sum's.
          // oxlint-disable-next-line react/no-array-index-key
          <Row key={`${step.part.source}-${at}`} step={step} goal={why.goal} />
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">
            {t("goalWhy.sum")} <Closes ok={shape.closes} />
          </th>
          <td>
            <Bar from={shape.zero} to={shape.end} kind="sum" />
          </td>
          <td className="number figure" data-testid="goal-why-sum">{formatDecimal(shape.sum)}</td>
          <td>{shape.closes ? "" : t("goalWhy.goalIs", { goal: formatDecimal(why.goal) })}</td>
        </tr>
      </tfoot>
    </table>
  );
}

function Row({ step: { part, from, to }, goal }: { step: Step; goal: string }) {
  const term = useTerm();
  return (
    <tr>
      <th scope="row">{term("goal_source", part.source)}</th>
      <td>
        <Bar from={from} to={to} kind={signOf(part.amount) < 0 ? "less" : "more"} />
      </td>
      <td className="number figure">{formatDecimal(part.amount)}</td>
      <td className="quiet goal-why-weight">
        <Weight part={part} goal={goal} />
      </td>
    </tr>
  );
}

/** What it weighs of all, and of which amount that is the share. */
function Weight({ part, goal }: { part: GoalWhyPart; goal: string }) {
  const { t } = useTranslation();
  if (part.weight === null || part.of === null) return null;
  const share = ratioOf(part.weight, part.of);
  const values = {
    weight: formatDecimal(weightText(part.source, part.weight, goal)),
    all: formatDecimal(weightText(part.source, part.of, goal)),
    share: share === null ? "—" : formatPercent(share),
  };
  const said = part.pot === null ? t("goalWhy.weight", values) : t("goalWhy.weightOfPot", { ...values, pot: formatDecimal(part.pot) });
  return <>{said}</>;
}

/** A part's place between zero and the goal; the figure stands beside it. */
function Bar({ from, to, kind }: { from: number; to: number; kind: "more" | "less" | "sum" }) {
  const [left, right] = [Math.min(from, to), Math.max(from, to)];
  return (
    <svg className="goal-why-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden>
      <rect className={`goal-why-${kind}`} x={left} width={Math.max(0.6, right - left)} y="1" height="8" />
    </svg>
  );
}

function Closes({ ok }: { ok: boolean }) {
  const { t } = useTranslation();
  return ok ? (
    <span className="closure" title={t("goalWhy.closes")}>
      <Check size={13} aria-hidden />
      <span className="sr-only">{t("goalWhy.closes")}</span>
    </span>
  ) : (
    <span className="closure closure-broken">
      <CircleAlert size={13} aria-hidden /> {t("goals.closure.broken")}
    </span>
  );
}

function Facts({ why }: { why: GoalWhy }) {
  const { t } = useTranslation();
  const money = (amount: string | null) => (amount === null ? null : { amount, currency: why.currency });
  const over = signOf(why.over_assigned) !== 0;
  return (
    <dl className="facts goal-why-facts">
      <dt>{t("goalWhy.goal")}</dt>
      <dd><Money value={money(why.goal)} /></dd>
      <dt>{t("goalWhy.history")}</dt>
      <dd><Money value={money(why.history)} /></dd>
      <dt>{t("goalWhy.basis")}</dt>
      <dd><Money value={money(why.basis)} /></dd>
      <dt>{t("goalWhy.growth")}</dt>
      <dd><Change value={changeOf(why.growth)} /></dd>
      {over && (
        <>
          <dt>{t("goalWhy.over")}</dt>
          <dd><Money value={money(why.over_assigned)} /></dd>
        </>
      )}
    </dl>
  );
}
