/** Makes the plan of a year that of another: how much, then who gets what and who changed, then the button. */
import { Alert, Button, Drawer, Form, Input, Radio, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { CopyAmount, GoalCopied } from "../../backend/generated";
import { useCommand } from "../../backend/query";
import { ErrorState } from "../../components/ErrorState";
import { Money } from "../../components/figures";
import { currencySymbol, parseTyped } from "../../components/format";
import { Notes } from "../../components/MessageText";
import { useChangeToast } from "../../components/useChangeToast";
import { MovedTable } from "./grid/MovedTable";
import { withThousands } from "./AmountForm";
import { factorOf } from "./growthFactor";
import { useGoalMetric } from "./metric";

/** So many years after the copied one are offered. */
const AHEAD = 5;

interface Props {
  year: number;
  currency: string;
  onClose: () => void;
  /** The other year has the goal now. */
  onCopied: (year: number) => void;
}

export function CopyYear({ year, currency, onClose, onCopied }: Props) {
  const { t } = useTranslation();
  const done = useChangeToast();
  const [metric] = useGoalMetric();
  const preview = useCommand("copy_goal_plan");
  const keep = useCommand("copy_goal_plan");
  const [to, setTo] = useState(year + 1);
  const [by, setBy] = useState<CopyAmount["by"]>("growth");
  const [percent, setPercent] = useState("10");
  const [text, setText] = useState("");
  const amount = amountOf(by, percent, text);
  const typed = by === "growth" ? percent : text;
  const invalid = typed.trim() !== "" && amount === null;
  const changed = () => {
    preview.reset();
    keep.reset();
  };
  const run = (onlyShow: boolean) => {
    if (!amount) return;
    const args = { metric, from: year, to, amount, preview: onlyShow };
    if (onlyShow) preview.mutate(args);
    else {
      keep.mutate(args, {
        onSuccess: () => {
          done(t("goals.copyYear.kept", { from: String(year), to: String(to) }));
          onCopied(to);
        },
      });
    }
  };
  const error = keep.error ?? preview.error;
  return (
    <Drawer
      open
      onClose={onClose}
      size={880}
      title={t("goals.copyYear.title", { year: String(year) })}
      data-testid="goal-copy-year-drawer"
      footer={
        <div className="drawer-actions">
          <Button type={preview.data ? "default" : "primary"} disabled={!amount} loading={preview.isPending} onClick={() => run(true)} data-testid="goal-copy-year-preview">
            {t("goals.split.preview")}
          </Button>
          <Button type={preview.data ? "primary" : "default"} disabled={!preview.data} loading={keep.isPending} onClick={() => run(false)} data-testid="goal-copy-year-keep">
            {t("goals.copyYear.keep", { to: String(to) })}
          </Button>
        </div>
      }
    >
      <p className="quiet">{t("goals.copyYear.explain")}</p>
      <Form layout="vertical" className="goal-copy-year">
        <Form.Item label={t("goals.copyYear.to")} htmlFor="copy-year-to">
          <Select
            id="copy-year-to"
            value={to}
            onChange={(value) => {
              setTo(value);
              changed();
            }}
            options={[...Array.from({ length: AHEAD }, (_, place) => year + place + 1), year - 1].map((value) => ({ value, label: t("common.period.year", { year: String(value) }) }))}
          />
        </Form.Item>
        <Form.Item label={t("goals.copyYear.how")}>
          <Radio.Group
            aria-label={t("goals.copyYear.how")}
            value={by}
            onChange={(event) => {
              setBy(event.target.value as CopyAmount["by"]);
              changed();
            }}
            options={(["growth", "amount"] as const).map((value) => ({ value, label: t(`goals.copyYear.by.${value}`) }))}
          />
        </Form.Item>
        <Form.Item
          label={t(`goals.copyYear.${by}`)}
          htmlFor="copy-year-size"
          validateStatus={invalid ? "error" : ""}
          help={invalid ? t(`goals.copyYear.invalid.${by}`) : t(`goals.copyYear.help.${by}`)}
        >
          <Input
            id="copy-year-size"
            className="figure"
            inputMode="decimal"
            autoComplete="off"
            {...(by === "growth" ? { suffix: "%" } : { prefix: <span className="quiet">{currencySymbol(currency).trim()}</span> })}
            value={typed}
            onChange={(event) => {
              if (by === "growth") setPercent(event.target.value);
              else setText(withThousands(event.target.value));
              changed();
            }}
          />
        </Form.Item>
      </Form>
      {error && <ErrorState error={error} />}
      {preview.data ? <Outcome copied={preview.data} /> : !error && <p className="quiet split-hint">{t("goals.split.previewHint")}</p>}
    </Drawer>
  );
}

function Outcome({ copied: { plan, from, replaced, rows, notes } }: { copied: GoalCopied }) {
  const { t } = useTranslation();
  return (
    <section data-testid="goal-copy-year-outcome" className="grid-moved">
      <h2 className="grid-part">
        {t("goals.copyYear.year", { year: String(from.year) })} <Money value={from.amount} /> → {t("goals.copyYear.year", { year: String(plan.year) })} <Money value={plan.amount} />
      </h2>
      {replaced && <Alert type="warning" showIcon title={t("goals.copyYear.replaces", { year: String(replaced.year), version: replaced.version })} />}
      <Notes messages={notes} />
      <MovedTable label={t("goals.split.outcome")} rows={rows} maxHeight={520} testId="goal-copy-year-table" />
    </section>
  );
}

/** What was typed as the command takes it; null while it is none. */
function amountOf(by: CopyAmount["by"], percent: string, text: string): CopyAmount | null {
  if (by === "growth") {
    const factor = factorOf(percent);
    return factor === null ? null : { by, factor };
  }
  const amount = parseTyped(text);
  return amount === null || amount.startsWith("-") ? null : { by, amount };
}
