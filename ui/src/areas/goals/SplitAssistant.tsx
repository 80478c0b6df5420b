/** Splits the year's goal: choose how, look at the outcome, then keep it. Nothing is kept before that. */
import { Alert, Button, Drawer, Radio, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { BlendRule, GoalYears, SplitRule } from "../../backend/generated";
import { useCommand, useRead } from "../../backend/query";
import { ErrorState } from "../../components/ErrorState";
import { Money } from "../../components/figures";
import { currencySymbol } from "../../components/format";
import { Notes } from "../../components/MessageText";
import { Answer } from "../../components/Page";
import { useChangeToast } from "../../components/useChangeToast";
import { useLanguage } from "../../i18n";
import { SEPARATORS } from "../../i18n/say";
import { BlendForm } from "./blend/BlendForm";
import { newDraft, ruleOf as blendOf, type BlendDraft } from "./blend/draft";
import { fieldOf } from "./blend/fieldOf";
import { Moves } from "./blend/Moves";
import { ClosureBadge } from "./ClosureBadge";
import { GoalTable } from "./GoalTable";
import { MonthsOfData } from "./MonthsOfData";
import { closure, goalRows } from "./tree";
import { usePeopleOfSplit } from "./usePeopleOfSplit";
import { WeightsForm } from "./WeightsForm";
import { unreadable, weightsOf } from "./weights";
import type { Weighed, WeightTexts } from "./weights";
import { useGoalMetric } from "./metric";

interface Props {
  year: number;
  years: GoalYears;
  onClose: () => void;
}

type Method = SplitRule["by"];

export function SplitAssistant({ year, years, onClose }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [metric] = useGoalMetric();
  const bases = years.with_data.filter((one) => one.year < year).toSorted((a, b) => b.year - a.year);
  const [method, setMethod] = useState<Method>(bases.length > 0 ? "history" : "equal");
  const [base, setBase] = useState<number | null>(bases[0]?.year ?? null);
  const [texts, setTexts] = useState<WeightTexts>({});
  const [draft, setDraft] = useState<BlendDraft>(() => newDraft(bases.length > 0));
  const people = usePeopleOfSplit(year, method === "weights" || method === "blend");
  const symbol = currencySymbol(useRead("get_status", {}).data?.currency ?? "").trim();
  const done = useChangeToast();
  const preview = useCommand("split_goal");
  const keep = useCommand("split_goal");

  const weights = people.data ? weightsOf(people.data, texts) : null;
  const blend = blendOf(draft, people.data?.map(({ id }) => id) ?? []);
  const rule = ruleOf(method, base, weights, people.data ? blend.rule : null);
  const changed = () => {
    preview.reset();
    keep.reset();
  };
  const run = (onlyShow: boolean) => {
    if (!rule) return;
    const args = { metric, year, rule, preview: onlyShow };
    if (onlyShow) preview.mutate(args);
    else {
      keep.mutate(args, {
        onSuccess: () => {
          done(t("goals.split.kept", { year: String(year) }));
          onClose();
        },
      });
    }
  };
  /** Whose weight is wrong, else that there is nothing to divide by. */
  const weightsProblem = (all: readonly Weighed[], typed: WeightTexts) => {
    const wrong = unreadable(all, typed).map(({ name, staffNumber }) => [name, staffNumber].filter(Boolean).join(" "));
    return wrong.length > 0 ? t("goals.split.weightsInvalidOf", { names: wrong.join(SEPARATORS[language]) }) : t("goals.split.weightsInvalid");
  };
  const chosen = bases.find((one) => one.year === base);
  // A refusal that is about a field stands beside it, and not once more below.
  const refusal = method === "blend" ? (preview.error ?? keep.error) : null;
  const beside = refusal !== null && fieldOf(refusal) !== null;

  return (
    <Drawer
      open
      onClose={onClose}
      size={1040}
      title={t("goals.split.title", { year: String(year) })}
      data-testid="goal-split-drawer"
      footer={
        <div className="drawer-actions">
          <Button type={preview.data ? "default" : "primary"} onClick={() => run(true)} disabled={!rule} loading={preview.isPending} data-testid="goal-split-preview">
            {t("goals.split.preview")}
          </Button>
          <Button
            type={preview.data ? "primary" : "default"}
            onClick={() => run(false)}
            disabled={!preview.data}
            loading={keep.isPending}
            data-testid="goal-split-keep"
          >
            {t("goals.split.keep")}
          </Button>
        </div>
      }
    >
      <fieldset className="split-methods">
        <legend>{t("goals.split.how")}</legend>
        <Radio.Group
          value={method}
          onChange={(event) => {
            setMethod(event.target.value as Method);
            changed();
          }}
        >
          {(["history", "equal", "weights", "blend"] as const).map((one) => (
            <Radio key={one} value={one} disabled={one === "history" && bases.length === 0} data-testid={`goal-split-by-${one}`}>
              <strong>{t(`goals.split.by.${one}`)}</strong>
              <span className="quiet">
                {one === "history" && bases.length === 0 ? t("goals.split.noHistory", { year: String(year) }) : t(`goals.split.help.${one}`)}
              </span>
            </Radio>
          ))}
        </Radio.Group>
      </fieldset>

      {method === "history" && chosen && (
        <div className="split-base">
          <label htmlFor="split-base">{t("goals.split.base")}</label>
          <Select
            id="split-base"
            data-testid="goal-split-base"
            value={chosen.year}
            onChange={(value) => {
              setBase(value);
              changed();
            }}
            options={bases.map((one) => ({ value: one.year, label: String(one.year) }))}
          />
          <MonthsOfData year={chosen} />
          <span className="quiet">
            {t("goals.split.baseResult")} <Money value={chosen.result} compact />
          </span>
          {chosen.months.length < 12 && <p className="quiet split-partial">{t("goals.split.partial")}</p>}
        </div>
      )}
      {method === "weights" && (
        <Answer query={people}>
          {(listed) => (
            <WeightsForm
              people={listed}
              texts={texts}
              onChange={(next) => {
                setTexts(next);
                changed();
              }}
            />
          )}
        </Answer>
      )}
      {method === "weights" && people.data && !weights && (
        <Alert type="warning" showIcon title={weightsProblem(people.data, texts)} />
      )}

      {method === "blend" && (
        <Answer query={people}>
          {(listed) => (
            <BlendForm
              draft={draft}
              people={listed}
              year={year}
              symbol={symbol}
              wrong={blend.wrong}
              refusal={refusal}
              onChange={(next) => {
                setDraft(next);
                changed();
              }}
            />
          )}
        </Answer>
      )}

      {preview.error && !beside && <ErrorState error={preview.error} onRetry={() => run(true)} />}
      {keep.error && !beside && <ErrorState error={keep.error} onRetry={() => run(false)} />}
      {preview.data ? <Outcome tree={preview.data} year={year} /> : <p className="split-hint quiet">{t("goals.split.previewHint")}</p>}
    </Drawer>
  );
}

function Outcome({ tree, year }: { tree: Parameters<typeof goalRows>[0]; year: number }) {
  const { t } = useTranslation();
  const closed = closure(tree);
  return (
    <section className="split-outcome" data-testid="goal-split-outcome">
      <header>
        <h2>{t("goals.split.outcome")}</h2>
        <ClosureBadge closure={closed} />
      </header>
      <Notes messages={tree.notes} />
      <Moves after={tree} year={year} />
      <GoalTable rows={goalRows(tree)} gaps={closed.gaps} year={year} withActual={false} />
    </section>
  );
}

function ruleOf(method: Method, base: number | null, weights: Record<string, string> | null, blend: BlendRule | null): SplitRule | null {
  switch (method) {
    case "history":
      return base === null ? null : { by: "history", base };
    case "equal":
      return { by: "equal" };
    case "weights":
      return weights && { by: "weights", weights };
    case "blend":
      return blend && { by: "blend", ...blend };
  }
}
