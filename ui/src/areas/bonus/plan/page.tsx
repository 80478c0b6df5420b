/** The bonus plan: every setting visible, the curve it pays drawn live, its problems where they are. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Button, Input, Radio } from "antd";
import { Copy, History, Plus } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";

import { useBackend, type BackendError } from "../../../backend/backend";
import type { BonusPlanSettings, BonusPlanView, PlanProblem } from "../../../backend/generated";
import { read, useCommand, useRead } from "../../../backend/query";
import { CurveChart } from "../../../charts/CurveChart";
import { ErrorState } from "../../../components/ErrorState";
import { currencySymbol } from "../../../components/format";
import { Answer, Page, Section } from "../../../components/Page";
import { useRights } from "../../../components/rights";
import { useDraft } from "../../../components/useDraft";
import { useToast } from "../../../components/useToast";
import { BonusNav } from "../BonusNav";
import "../bonus.css";
import { useCopy } from "../useCopy";
import { Problems } from "./Problems";
import { changesPay, cleaned, differs, fieldErrors, nextTier } from "./settings";
import { TierRow } from "./TierRow";

export default function PlanPage() {
  const plan = useRead("get_bonus_plan", {});
  const { t } = useTranslation();
  if (plan.data) return <PlanForm key={plan.data.version} view={plan.data} />;
  return (
    <Page title={t("bonus.title")} context={t("bonus.plan.context")}>
      <BonusNav />
      <Answer query={plan}>{() => null}</Answer>
    </Page>
  );
}

/** Settings that are not saved, and on which version of the plan they were made. */
interface Draft {
  version: number;
  settings: BonusPlanSettings;
}

function PlanForm({ view }: { view: BonusPlanView }) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const toast = useToast();
  const backend = useBackend();
  const client = useQueryClient();
  const [draft, setDraft] = useDraft<Draft>("bonus_plan");
  const settings = draft?.settings ?? view.settings;
  // Only a draft that was left and found again wants a word; what is being typed is in sight.
  const [found] = useState(() => draft !== null && differs(view.settings, draft.settings));
  const currency = useRead("get_status", {}).data?.currency ?? "CNY";
  const errors = fieldErrors(settings);
  const may = useRights();
  const mayEdit = may("edit_bonus_plan");
  const checked = useChecked(settings, mayEdit && errors.size === 0, view);
  const save = useCommand("save_bonus_plan");
  const change = (part: Partial<BonusPlanSettings>) => {
    setDraft({ version: draft?.version ?? view.version, settings: { ...settings, ...part } });
    save.reset();
  };
  const general = checked.problems.filter((problem) => problem.tier === null);
  const refused = checked.problems.some((problem) => problem.severity === "error");
  const dirty = differs(view.settings, settings);
  const keep = () =>
    void save.mutateAsync(cleaned(settings)).then(
      (saved) => {
        client.setQueryData(read(backend, "get_bonus_plan", {}).queryKey, saved);
        setDraft(null);
        toast.done(t("common.saved"));
      },
      // Shown as `save.error`.
      () => undefined,
    );
  const ask = () => {
    if (!changesPay(view.settings, settings)) return keep();
    void modal.confirm({
      title: t("bonus.plan.confirmTitle"),
      content: t("bonus.plan.confirmText"),
      okText: t("bonus.plan.confirmSave"),
      cancelText: t("common.cancel"),
      onOk: keep,
    });
  };

  return (
    <Page
      title={t("bonus.title")}
      context={t("bonus.plan.context")}
      actions={
        <>
          {/* Each saving is a version of its own: the history of the plan is that of its versions. */}
          {may("see_history") && (
            <Link to="/data/changes" search={{ kind: "save_plan" } as never} className="button-link" data-testid="plan-history">
              <History size={14} aria-hidden /> {t("history.open")}
            </Link>
          )}
          {mayEdit && dirty && <Button onClick={() => setDraft(null)}>{t("bonus.plan.discard")}</Button>}
          {mayEdit && (
            <Button
              type="primary"
              onClick={ask}
              disabled={!dirty || errors.size > 0 || refused}
              loading={save.isPending}
              data-testid="plan-save"
            >
              {t("common.save")}
            </Button>
          )}
        </>
      }
    >
      <BonusNav />
      {found && dirty && draft && (
        <p className="notes" role="status" data-testid="plan-draft">
          {t(draft.version === view.version ? "bonus.plan.draft" : "bonus.plan.draftOld")}
        </p>
      )}
      {save.error && <ErrorState error={save.error} onRetry={keep} />}
      {checked.error && <ErrorState error={checked.error} onRetry={checked.retry} />}
      {/* Whoever is paid by the plan may read it. */}
      <fieldset className="plan-grid plan-read" disabled={!mayEdit}>
        <Section
          title={t("bonus.plan.rule")}
          context={view.version === 0 ? t("bonus.plan.template") : t("bonus.plan.version", { version: view.version })}
        >
          <div className="plan-names">
            <Field id="plan-zh" label={t("bonus.plan.nameZh")} error={errors.get("name_zh")}>
              <Input id="plan-zh" value={settings.name_zh} onChange={(event) => change({ name_zh: event.target.value })} />
            </Field>
            <Field id="plan-en" label={t("bonus.plan.nameEn")} error={errors.get("name_en")}>
              <Input id="plan-en" value={settings.name_en} onChange={(event) => change({ name_en: event.target.value })} />
            </Field>
          </div>
          <Problems problems={general} />
          <table className="tiers" aria-label={t("bonus.plan.tiers")} data-testid="plan-tiers">
            <thead>
              <tr>
                <th scope="col">{t("bonus.plan.tier")}</th>
                <th scope="col">{t("bonus.plan.from")}</th>
                <th scope="col">{t("bonus.plan.to")}</th>
                <th scope="col">{t("bonus.plan.pays")}</th>
                <th scope="col">{t("bonus.plan.appliesTo")}</th>
                <th scope="col">
                  <span className="sr-only">{t("bonus.plan.remove")}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {settings.tiers.map((tier, index) => (
                <TierRow
                  // A tier has no identity besides its place.
                  // oxlint-disable-next-line react/no-array-index-key
                  key={index}
                  tier={tier}
                  index={index}
                  errors={errors}
                  problems={problemsOf(checked.problems, index)}
                  onChange={(next) => change({ tiers: settings.tiers.map((one, at) => (at === index ? next : one)) })}
                  onRemove={() => change({ tiers: settings.tiers.filter((_, at) => at !== index) })}
                />
              ))}
            </tbody>
          </table>
          <Button
            type="dashed"
            size="small"
            icon={<Plus size={14} />}
            onClick={() => change({ tiers: nextTier(settings.tiers) })}
            data-testid="plan-add-tier"
          >
            {t("bonus.plan.add")}
          </Button>

          <fieldset className="plan-setting">
            <legend>{t("bonus.plan.edge")}</legend>
            <Radio.Group
              value={settings.edge}
              onChange={(event) => change({ edge: String(event.target.value) })}
              options={[
                { value: "lower", label: t("bonus.plan.edgeLower") },
                { value: "upper", label: t("bonus.plan.edgeUpper") },
              ]}
            />
          </fieldset>
          <Field id="plan-bonus" label={t("bonus.plan.defaultBonus")} error={errors.get("default_target_bonus")} help={t("bonus.plan.defaultHelp")}>
            <Input
              id="plan-bonus"
              className="figure plan-bonus"
              prefix={<span className="quiet">{currencySymbol(currency).trim()}</span>}
              inputMode="decimal"
              placeholder={t("bonus.plan.noDefault")}
              value={settings.default_target_bonus ?? ""}
              onChange={(event) => change({ default_target_bonus: event.target.value === "" ? null : event.target.value })}
            />
          </Field>
          <p className="quiet plan-below">{t("bonus.plan.below")}</p>
        </Section>
        <div className="plan-side">
          <Section title={t("bonus.plan.curve")} context={t("bonus.plan.curveText")}>
            <div className="plan-curve" data-testid="plan-curve">
              {checked.curve.length === 0 ? (
                <p className="chart-empty quiet">{t("bonus.plan.noCurve")}</p>
              ) : (
                <CurveChart
                  points={checked.curve}
                  words={{ attainment: t("bonus.plan.axisAttainment"), payout: t("bonus.plan.axisPayout") }}
                  label={t("bonus.plan.curve")}
                />
              )}
            </div>
          </Section>
          <Document text={checked.document} />
        </div>
      </fieldset>
    </Page>
  );
}

/** What the program says about the settings as they are; the last readable ones while a field cannot be read. */
function useChecked(settings: BonusPlanSettings, readable: boolean, saved: BonusPlanView) {
  const backend = useBackend();
  const asked = useDeferredValue(cleaned(settings));
  const check = useQuery<BonusPlanView, BackendError>({
    queryKey: ["check_bonus_plan", asked],
    queryFn: () => backend.call("check_bonus_plan", asked),
    enabled: readable,
    placeholderData: (old) => old,
    gcTime: 10_000,
  });
  return { ...(check.data ?? saved), error: readable ? check.error : null, retry: () => void check.refetch() };
}

function problemsOf(problems: readonly PlanProblem[], tier: number): PlanProblem[] {
  return problems.filter((problem) => problem.tier === tier);
}

function Field(props: {
  id: string;
  label: string;
  error?: "missing" | "number" | "negative" | "empty_tier" | undefined;
  help?: string;
  children: React.ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <div className="plan-field">
      <label htmlFor={props.id}>{props.label}</label>
      {props.children}
      {props.error ? (
        <p className="field-error" role="alert">
          {t(`bonus.plan.error.${props.error}`)}
        </p>
      ) : (
        props.help && <p className="quiet">{props.help}</p>
      )}
    </div>
  );
}

/** The plan as the document that is kept and that auditors read. */
function Document({ text }: { text: string }) {
  const { t } = useTranslation();
  const copy = useCopy();
  return (
    <details className="plan-document">
      <summary>{t("bonus.plan.document")}</summary>
      <Button size="small" icon={<Copy size={13} />} onClick={() => copy(text)}>
        {t("bonus.plan.copy")}
      </Button>
      <pre>{text}</pre>
    </details>
  );
}
