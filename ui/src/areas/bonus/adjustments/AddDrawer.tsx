/** Enters an adjustment: for whom, in which period, how much, why. */
import { Button, Drawer, Form, Input, Select } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import type { BonusRuns } from "../../../backend/generated";
import { useCommand, useRead } from "../../../backend/query";
import { ErrorState } from "../../../components/ErrorState";
import { currencySymbol, parseTyped, signOf } from "../../../components/format";
import { Answer } from "../../../components/Page";
import { periodLabel } from "../../../components/period";
import { useScope } from "../../../components/scope";
import { useToast } from "../../../components/useToast";
import { useLanguage } from "../../../i18n";
import { BONUS_KINDS, bonusPeriodOf, kindOf, newestFirst } from "../bonusPeriod";
import { usePlans } from "../people/usePlanNames";
import { MAX_REASON } from "../reason";

interface Fields {
  person: string;
  plan?: string;
  period: string;
  amount: string;
  reason: string;
}

/** The form begins with a period of the plan's kind: not before the periods are known. */
export function AddDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const runs = useRead("list_bonus_runs", {});
  return (
    <Drawer open onClose={onClose} title={t("bonus.adjustments.addTitle")} size={420} data-testid="adjustment-form">
      <Answer query={runs}>{(data) => <AddForm runs={data} onClose={onClose} />}</Answer>
    </Drawer>
  );
}

function AddForm({ runs, onClose }: { runs: BonusRuns; onClose: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const toast = useToast();
  const { period: scoped } = useScope();
  const currency = useRead("get_status", {}).data?.currency ?? "";
  const people = useRead("get_organisation", {}).data?.people ?? [];
  const add = useCommand("add_bonus_adjustment");
  const [form] = Form.useForm<Fields>();
  const { plans, options } = usePlans();
  const assigned = useRead("list_plan_people", {}).data?.people ?? [];
  const several = options.length > 1;
  const code = Form.useWatch("plan", form);
  const kindOfPlan = BONUS_KINDS.find((kind) => kind === plans.data?.plans.find((one) => one.code === code)?.period);
  const kind = kindOfPlan ?? kindOf(runs.periods[0] ?? "") ?? "quarter";
  const periods = [...runs.periods, ...runs.runs.map((one) => one.period)].filter((one) => kindOf(one) === kind);
  const first = bonusPeriodOf(scoped, kind, periods);
  // The plan of the person; of several one is to be named.
  const under = (person: string) => {
    const own = new Set(assigned.find((one) => one.person === person)?.plans.map(({ plan }) => plan));
    const [only] = own;
    form.setFieldValue("plan", own.size === 1 ? only : undefined);
  };
  useEffect(() => {
    // A period of another kind is none of this plan.
    if (kindOf(form.getFieldValue("period") as string) !== kind) form.setFieldValue("period", first);
  }, [form, kind, first]);
  const required = (message: string) => [{ required: true, whitespace: true, message }];
  const submit = ({ person, plan, period, amount, reason }: Fields) => {
    const exact = amountOf(amount);
    if (exact === null) return;
    add.mutate(
      { person, ...(plan !== undefined && { plan }), period, amount: { amount: exact, currency }, reason: reason.trim() },
      {
        onSuccess: ({ name }) => {
          toast.done(t("bonus.adjustments.added", { name }));
          onClose();
        },
      },
    );
  };
  return (
    <>
      <p className="quiet adjustment-explain">{t("bonus.adjustments.addText")}</p>
      <Form<Fields> form={form} layout="vertical" requiredMark={false} initialValues={{ period: first, amount: "", reason: "" }} onFinish={submit}>
        <Form.Item name="person" label={t("bonus.adjustments.person")} rules={[{ required: true, message: t("bonus.adjustments.personNeeded") }]}>
          <Select onChange={under} showSearch={{ optionFilterProp: "label" }} options={people.map(({ id, name, staff_number }) => ({ value: id, label: [name, staff_number].filter(Boolean).join(" · ") }))} />
        </Form.Item>
        {several && (
          <Form.Item name="plan" label={t("bonusPeople.plan")} rules={[{ required: true, message: t("bonusPeople.planRule") }]}>
            <Select options={options} data-testid="adjustment-plan" />
          </Form.Item>
        )}
        <Form.Item name="period" label={t("bonus.adjustments.period")}>
          <Select options={newestFirst([first, ...periods]).map((value) => ({ value, label: periodLabel(value, t, language) }))} />
        </Form.Item>
        <Form.Item
          name="amount"
          label={t("bonus.adjustments.amount", { symbol: currencySymbol(currency).trim() })}
          extra={t("bonus.adjustments.amountHelp")}
          rules={[{ validator: (_, value: string) => (amountOf(value) === null ? Promise.reject(new Error(t("bonus.adjustments.amountWrong"))) : Promise.resolve()) }]}
        >
          <Input className="figure" inputMode="decimal" autoComplete="off" data-testid="adjustment-amount" />
        </Form.Item>
        <Form.Item name="reason" label={t("bonus.adjustments.reason")} rules={required(t("bonus.adjustments.reasonNeeded"))}>
          <Input.TextArea rows={3} maxLength={MAX_REASON} showCount data-testid="adjustment-reason" />
        </Form.Item>
        {add.error && <ErrorState error={add.error} />}
        <span className="drawer-actions">
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="primary" htmlType="submit" loading={add.isPending} data-testid="adjustment-save">
            {t("bonus.adjustments.add")}
          </Button>
        </span>
      </Form>
    </>
  );
}

/** An amount other than zero with at most two decimals; null for anything else. */
export function amountOf(text: string): string | null {
  const amount = parseTyped(text);
  return amount !== null && /^-?\d+(\.\d{1,2})?$/.test(amount) && signOf(amount) !== 0 ? amount : null;
}
