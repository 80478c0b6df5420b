/** The plan's form and its document beside the curve of the open component. */
import { Link } from "@tanstack/react-router";
import { Button, ConfigProvider, Tabs } from "antd";
import { FlaskConical, History } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import type { BonusPlanView, PlanProblem } from "../../../backend/generated";
import { useRead } from "../../../backend/query";
import { ErrorState } from "../../../components/ErrorState";
import { Page, Section } from "../../../components/Page";
import { useRights } from "../../../components/rights";
import { useLanguage } from "../../../i18n";
import { both } from "../../../i18n/both";
import { BonusNav } from "../BonusNav";
import { PlanChoice } from "../people/PlanChoice";
import { ComponentForm } from "./ComponentForm";
import { ComponentList } from "./ComponentList";
import { DocumentTab } from "./DocumentTab";
import { readPlan } from "./document";
import type { Plan } from "./document";
import { fieldErrors } from "./fields";
import { General } from "./General";
import { PayoutCurve } from "./PayoutCurve";
import { ofComponent, ofPlan } from "./places";
import { SharedProvider } from "./shared";
import { TemplateMenu } from "./TemplateMenu";
import { useChecked } from "./useChecked";
import { usePlanDraft } from "./usePlanDraft";
import { SaveDialog } from "./versions/SaveDialog";
import { Versions } from "./versions/Versions";

/** Which plan and version are in sight. */
export interface Shown {
  plan: string;
  version?: number;
}

export function PlanForm({ view, onShow }: { view: BonusPlanView; onShow: (shown: Shown) => void }) {
  const { t } = useTranslation();
  const mayEdit = useRights()("edit_bonus_plan");
  const draft = usePlanDraft(view, (kept) => onShow({ plan: readPlan(kept.plan).code, version: kept.version }));
  const { plan } = draft;
  const errors = useMemo(() => fieldErrors(plan), [plan]);
  const currency = useRead("get_status", {}).data?.currency ?? "CNY";
  const shared = useMemo(() => ({ errors, currency }), [errors, currency]);
  const checked = useChecked(plan, mayEdit && errors.size === 0, view);
  const [wanted, setOpen] = useState(0);
  const open = Math.min(wanted, plan.components.length - 1);
  const component = plan.components[open];
  const own = useMemo(() => ofComponent(checked.problems, component?.code ?? ""), [checked.problems, component?.code]);
  const refused = checked.problems.some((problem) => problem.severity === "error");
  const ready = draft.dirty && draft.text === null && errors.size === 0 && !refused;
  const start = (next: Plan) => {
    draft.apply(next);
    setOpen(0);
  };

  return (
    <Page
      title={t("bonus.title")}
      context={t("bonus.plan.context")}
      actions={
        <Actions draft={draft} ready={ready} onStart={start} onShow={onShow} code={readPlan(view.plan).code} />
      }
    >
      <BonusNav />
      <Said draft={draft} />
      {checked.error && <ErrorState error={checked.error} onRetry={checked.retry} />}
      <SharedProvider value={shared}>
        <div className="plan-grid">
          <Tabs
            className="plan-tabs"
            items={[
              {
                key: "form",
                label: t("bonus.plan.form"),
                children: <Form view={view} plan={plan} open={open} problems={checked.problems} mayEdit={mayEdit} onOpen={setOpen} onChange={draft.setPlan} />,
              },
              {
                key: "document",
                label: <span data-testid="plan-document-tab">{t("bonus.plan.documentTab")}</span>,
                children: (
                  <Section>
                    <DocumentTab document={checked.document} text={draft.text} mayEdit={mayEdit} onText={draft.setText} onApply={(applied) => start(readPlan(applied.plan))} />
                  </Section>
                ),
              },
            ]}
          />
          <div className="plan-side">
            <PayoutCurve component={component} curve={curveOf(checked, open, component?.code)} problems={own} />
            <Versions view={view} onOpen={(version) => onShow({ plan: readPlan(view.plan).code, version })} />
          </div>
        </div>
      </SharedProvider>
      {draft.asking && (
        <SaveDialog code={plan.code} paysDifferently={draft.paysDifferently} saving={draft.saving} onSave={draft.keep} onClose={draft.cancel} />
      )}
    </Page>
  );
}

type Draft = ReturnType<typeof usePlanDraft>;

interface ActionsProps {
  draft: Draft;
  ready: boolean;
  /** Of the plan that is kept. */
  code: string;
  onStart: (plan: Plan) => void;
  onShow: (shown: Shown) => void;
}

function Actions({ draft, ready, code, onStart, onShow }: ActionsProps) {
  const { t } = useTranslation();
  const may = useRights();
  const mayEdit = may("edit_bonus_plan");
  return (
    <>
      <PlanChoice value={code} onChange={(plan) => onShow({ plan })} />
      {/* Each saving is a version of its own: the history of the plan is that of its versions. */}
      {may("see_history") && (
        <Link to="/data/changes" search={{ kind: "save_plan" } as never} className="button-link" data-testid="plan-history">
          <History size={14} aria-hidden /> {t("history.open")}
        </Link>
      )}
      {mayEdit && (
        <Link to="/bonus/what-if" search={{ of: code, ...(draft.dirty && { plan: "draft" }) } as never} className="button-link" data-testid="plan-what-if">
          <FlaskConical size={14} aria-hidden /> {t("bonusIf.whatIf.tryIt")}
        </Link>
      )}
      {mayEdit && <TemplateMenu changed={draft.dirty} onStart={onStart} />}
      {mayEdit && draft.dirty && <Button onClick={draft.discard}>{t("bonus.plan.discard")}</Button>}
      {mayEdit && (
        <Button type="primary" onClick={draft.save} disabled={!ready} loading={draft.saving} data-testid="plan-save">
          {t("common.save")}
        </Button>
      )}
    </>
  );
}

/** What is to be known about what is not saved. */
function Said({ draft }: { draft: Draft }) {
  const { t } = useTranslation();
  return (
    <>
      {draft.foundNote && (
        <p className="notes" role="status" data-testid="plan-draft">
          {t(draft.foundNote)}
        </p>
      )}
      {draft.text !== null && <p className="notes" role="status">{t("bonus.plan.unapplied")}</p>}
      {draft.saveError && <ErrorState error={draft.saveError} onRetry={draft.retry} />}
    </>
  );
}

/** The curve at the component's place; while the program has not answered yet, the one of its code. */
function curveOf({ curves }: BonusPlanView, at: number, code: string | undefined) {
  return curves[at]?.component === code ? (curves[at] ?? null) : (curves.find((one) => one.component === code) ?? null);
}

interface FormProps {
  view: BonusPlanView;
  plan: Plan;
  open: number;
  problems: readonly PlanProblem[];
  mayEdit: boolean;
  onOpen: (at: number) => void;
  onChange: (plan: Plan) => void;
}

/** Whoever is paid by the plan may read it. */
function Form({ view, plan, open, problems, mayEdit, onOpen, onChange }: FormProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const component = plan.components[open];
  return (
    <div className="plan-form">
      <ConfigProvider componentDisabled={!mayEdit}>
        <Section title={t("bonus.plan.rule")} context={view.version === 0 ? t("bonus.plan.template") : t("bonus.plan.version", { version: view.version })}>
          <General plan={plan} problems={ofPlan(problems)} onChange={(part) => onChange({ ...plan, ...part })} />
        </Section>
        <Section title={t("bonus.plan.components.title")} context={t("bonus.plan.components.context")}>
          <ComponentList plan={plan} open={open} problems={problems} mayEdit={mayEdit} onOpen={onOpen} onChange={onChange} />
        </Section>
        {component && (
          <Section title={both(component.name, language) || component.code}>
            <ComponentForm key={open} plan={plan} at={open} problems={ofComponent(problems, component.code)} onChange={onChange} />
          </Section>
        )}
      </ConfigProvider>
    </div>
  );
}
