/** Enters an adjustment: for whom, in which period, how much, why. */
import { Button, Drawer, Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";

import { useCommand, useRead } from "../../../backend/query";
import { ErrorState } from "../../../components/ErrorState";
import { currencySymbol, parseTyped, signOf } from "../../../components/format";
import { periodLabel } from "../../../components/period";
import { useScope } from "../../../components/scope";
import { useToast } from "../../../components/useToast";
import { useLanguage } from "../../../i18n";
import { bonusPeriodOf, kindOf, newestFirst } from "../bonusPeriod";
import { MAX_REASON } from "../reason";

interface Fields {
  person: string;
  period: string;
  amount: string;
  reason: string;
}

export function AddDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const toast = useToast();
  const { period: scoped } = useScope();
  const runs = useRead("list_bonus_runs", {}).data;
  const currency = useRead("get_status", {}).data?.currency ?? "";
  const people = useRead("get_organisation", {}).data?.people ?? [];
  const add = useCommand("add_bonus_adjustment");
  const periods = runs?.periods ?? [];
  const first = bonusPeriodOf(scoped, kindOf(periods[0] ?? "") ?? "quarter", periods);
  const required = (message: string) => [{ required: true, whitespace: true, message }];
  const submit = ({ person, period, amount, reason }: Fields) => {
    const exact = amountOf(amount);
    if (exact === null) return;
    add.mutate(
      { person, period, amount: { amount: exact, currency }, reason: reason.trim() },
      {
        onSuccess: ({ name }) => {
          toast.done(t("bonus.adjustments.added", { name }));
          onClose();
        },
      },
    );
  };
  return (
    <Drawer open onClose={onClose} title={t("bonus.adjustments.addTitle")} size={420} data-testid="adjustment-form">
      <p className="quiet adjustment-explain">{t("bonus.adjustments.addText")}</p>
      <Form<Fields> layout="vertical" requiredMark={false} initialValues={{ period: first, amount: "", reason: "" }} onFinish={submit}>
        <Form.Item name="person" label={t("bonus.adjustments.person")} rules={[{ required: true, message: t("bonus.adjustments.personNeeded") }]}>
          <Select showSearch={{ optionFilterProp: "label" }} options={people.map(({ id, name, staff_number }) => ({ value: id, label: [name, staff_number].filter(Boolean).join(" · ") }))} />
        </Form.Item>
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
    </Drawer>
  );
}

/** An amount other than zero with at most two decimals; null for anything else. */
export function amountOf(text: string): string | null {
  const amount = parseTyped(text);
  return amount !== null && /^-?\d+(\.\d{1,2})?$/.test(amount) && signOf(amount) !== 0 ? amount : null;
}
