/** Sets the company's annual goal: an exact amount, shown with thousands while it is typed. */
import { Button, Form, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useCommand } from "../../backend/query";
import { ErrorState } from "../../components/ErrorState";
import { currencySymbol, formatDecimal, MINUS, parseTyped } from "../../components/format";
import { isCount, useGoalMetric } from "./metric";

interface Props {
  year: number;
  currency: string;
  /** The goal as it is, plain decimal. */
  initial: string | null;
  onSet: () => void;
}

export function AmountForm({ year, currency, initial, onSet }: Props) {
  const { t } = useTranslation();
  const [metric] = useGoalMetric();
  const [text, setText] = useState(() => (initial === null ? "" : formatDecimal(initial)));
  const set = useCommand("set_goal");
  const amount = parseTyped(text);
  const invalid = text.trim() !== "" && amount === null;
  const submit = () => {
    if (amount !== null) set.mutate({ metric, year, amount }, { onSuccess: onSet });
  };
  return (
    <Form layout="vertical" className="goal-amount-form" onFinish={submit}>
      <Form.Item
        label={t("goals.amount.label", { year: String(year), metric: t(`goals.metric.${metric}`) })}
        htmlFor="goal-amount"
        validateStatus={invalid ? "error" : ""}
        help={invalid ? t("goals.amount.invalid") : t(isCount(metric) ? "goals.amount.helpCount" : "goals.amount.help")}
      >
        <Input
          id="goal-amount"
          data-testid="goal-amount"
          className="figure"
          size="large"
          prefix={<span className="quiet">{currencySymbol(currency).trim()}</span>}
          inputMode="decimal"
          autoComplete="off"
          placeholder="12,000,000"
          value={text}
          onChange={(event) => setText(withThousands(event.target.value))}
        />
      </Form.Item>
      {set.error && <ErrorState error={set.error} onRetry={submit} />}
      <Button
        type="primary"
        htmlType="submit"
        disabled={amount === null}
        loading={set.isPending}
        data-testid="goal-set"
      >
        {t("goals.amount.set")}
      </Button>
    </Form>
  );
}

/** Groups what is a number so far, and leaves alone what is none: it is marked, not eaten. */
export function withThousands(text: string): string {
  const plain = parseTyped(text.replace(/\.$/, ""));
  if (plain === null) return text;
  const grouped = formatDecimal(plain).replace(MINUS, "-");
  return text.endsWith(".") ? `${grouped}.` : grouped;
}
