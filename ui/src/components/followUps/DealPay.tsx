/** What an open deal would pay: now, with the deal, the difference, and why. A closed deal has no such section. */
import { Button, Collapse, Form, Input } from "antd";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";

import type { DealBonus, DealComponent, DealPay as Pay, Message, TraceStep } from "../../backend/generated";
import { useRead } from "../../backend/query";
import { useLanguage } from "../../i18n";
import { both } from "../../i18n/both";
import { useSay } from "../../i18n/say";
import { ErrorState } from "../ErrorState";
import { Change, Money } from "../figures";
import { currencySymbol, formatMoney, parseTyped, signOf } from "../format";
import { Notes } from "../MessageText";
import { periodLabel } from "../period";
import "./dealPay.css";

interface Asked {
  amount: string | null;
  closed_on: string | null;
}

export function DealPay({ deal }: { deal: string }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<Asked>({ amount: null, closed_on: null });
  const query = useRead("explain_deal_bonus", { deal, person: null, ...asked }, { placeholderData: (old) => old });
  // Whether the deal is open is known with the answer: for a closed one nothing flashes up.
  if (query.isPending || query.error?.code === "deal_closed") return null;
  return (
    <section className="deal-pay" data-testid="deal-pay">
      <h3>{t("bonusIf.deal.title")}</h3>
      {query.data && <Question key={query.data.deal} view={query.data} busy={query.isFetching} onAsk={setAsked} />}
      {query.error && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && !query.error && <Answered view={query.data} />}
    </section>
  );
}

function Question({ view, busy, onAsk }: { view: DealBonus; busy: boolean; onAsk: (asked: Asked) => void }) {
  const { t } = useTranslation();
  const [amount, setAmount] = useState(view.amount?.amount ?? "");
  const [day, setDay] = useState(view.closed_on);
  const [wrong, setWrong] = useState(false);
  const currency = view.amount?.currency ?? view.list_price?.currency ?? view.people[0]?.before.currency ?? "CNY";
  const list = view.list_price;
  const ask = (event: FormEvent) => {
    event.preventDefault();
    const typed = parseTyped(amount);
    const good = typed !== null && signOf(typed) > 0;
    setWrong(!good);
    if (good) onAsk({ amount: typed, closed_on: day || null });
  };
  return (
    <form className="deal-pay-form" onSubmit={ask}>
      <Form.Item
        label={t("bonusIf.deal.amount", { symbol: currencySymbol(currency).trim() })}
        htmlFor="deal-pay-amount"
        layout="vertical"
        validateStatus={wrong ? "error" : ""}
        help={wrong ? t("bonusIf.deal.amountWrong") : undefined}
      >
        <Input id="deal-pay-amount" inputMode="decimal" value={amount} onChange={(event) => setAmount(event.target.value)} data-testid="deal-pay-amount" />
      </Form.Item>
      <Form.Item label={t("bonusIf.deal.day")} htmlFor="deal-pay-day" layout="vertical">
        <Input id="deal-pay-day" type="date" value={day} onChange={(event) => setDay(event.target.value)} />
      </Form.Item>
      <Button htmlType="submit" type="primary" loading={busy} data-testid="deal-pay-ask">
        {t("bonusIf.deal.show")}
      </Button>
      {list && (
        <Button size="small" onClick={() => setAmount(list.amount)} data-testid="deal-pay-list">
          {t("bonusIf.deal.useList", { amount: formatMoney(list) })}
        </Button>
      )}
    </form>
  );
}

function Answered({ view }: { view: DealBonus }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const plan = language === "en" ? view.plan_name_en : view.plan_name_zh;
  // Who shares a deal may be paid by another plan, or by two.
  const several = view.people.some((one) => one.plan_name_zh !== view.plan_name_zh || one.period !== view.period);
  return (
    <>
      <p className="quiet">{t("bonusIf.deal.where", { period: periodLabel(view.period, t, language), plan })}</p>
      <Notes messages={view.notes} />
      {view.people.map((one) => (
        <Person key={`${one.person} ${one.plan} ${one.period}`} one={one} by={several ? both({ zh: one.plan_name_zh, en: one.plan_name_en }, language) : null} />
      ))}
    </>
  );
}

function Person({ one, by }: { one: Pay; by: string | null }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const say = useSay();
  const reasons = [...one.components.flatMap((part) => part.reasons), ...one.reasons];
  return (
    <article className="deal-pay-person" data-testid={`deal-pay-${one.person}`}>
      <header>
        <strong>{one.name}</strong>
        <span>
          <span className="quiet">{t("bonusIf.deal.pays")}</span>{" "}
          <strong className="deal-pay-difference" data-testid="deal-pay-difference">
            <Money value={one.difference} />
          </strong>
        </span>
      </header>
      {by !== null && <p className="quiet">{t("bonusIf.deal.where", { period: periodLabel(one.period, t, language), plan: by })}</p>}
      <p className="deal-pay-both">
        <span className="quiet">{t("bonusIf.deal.now")}</span> <Money value={one.before} /> <span aria-hidden>→</span>{" "}
        <span className="quiet">{t("bonusIf.deal.withDeal")}</span> <Money value={one.after} />
      </p>
      {one.blocked && <p className="notes notes-warning">{t("bonusIf.deal.blocked")}</p>}
      <ul className="deal-pay-reasons">
        {unique(reasons.map(say)).map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      {signOf(one.limit.amount) !== 0 && (
        <p>
          {t("bonusIf.deal.limit")} <Change value={one.limit.amount} />
        </p>
      )}
      {one.components.map((part) => (
        <Component key={part.code} part={part} />
      ))}
    </article>
  );
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

function Component({ part }: { part: DealComponent }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (part.steps.length === 0 && part.lines.length === 0) return null;
  return (
    <Collapse
      size="small"
      items={[
        {
          key: part.code,
          label: both({ zh: part.name_zh, en: part.name_en }, language) || part.code,
          children: (
            <>
              {part.lines.length > 0 && (
                <Pairs
                  label={t("bonusIf.deal.lines")}
                  rows={part.lines.map(({ before, after }) => [lineOf(before), lineOf(after)])}
                />
              )}
              {part.steps.length > 0 && (
                <Pairs label={t("bonusIf.deal.steps")} rows={part.steps.map(({ before, after }) => [stepOf(before), stepOf(after)])} />
              )}
            </>
          ),
        },
      ]}
    />
  );
}

interface Said {
  message: Message;
  value: string;
}

const lineOf = (line: DealComponent["lines"][number]["before"]): Said | null => line && { message: line.label, value: formatMoney(line.amount) };
const stepOf = (step: TraceStep | null): Said | null => step && { message: step.explain, value: step.formula };

/** What was beside what would be. */
function Pairs({ label, rows }: { label: string; rows: readonly (readonly [Said | null, Said | null])[] }) {
  const { t } = useTranslation();
  return (
    <table className="deal-pay-pairs">
      <caption>{label}</caption>
      <thead>
        <tr>
          <th scope="col">{t("bonusIf.deal.before")}</th>
          <th scope="col">{t("bonusIf.deal.after")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([before, after], index) => (
          // Steps have no names of their own.
          // oxlint-disable-next-line react/no-array-index-key
          <tr key={index}>
            <td>
              <SaidCell said={before} />
            </td>
            <td>
              <SaidCell said={after} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function SaidCell({ said }: { said: Said | null }) {
  const { t } = useTranslation();
  const say = useSay();
  if (!said) return <span className="quiet">{t("bonusIf.deal.none")}</span>;
  return (
    <>
      {say(said.message)} <span className="figure quiet">{said.value}</span>
    </>
  );
}
