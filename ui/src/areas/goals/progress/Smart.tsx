/** Whether the goal is specific, measurable, achievable, relevant and time-bound: five answers in numbers. */
import { Button } from "antd";
import { useState } from "react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { GoalProgress, Message, SmartAnswer } from "../../../backend/generated";
import { MessageText } from "../../../components/MessageText";
import { Section } from "../../../components/Page";
import { useRights } from "../../../components/rights";
import { useTerm } from "../../../i18n/say";
import { Light } from "./Light";
import { UseAmount } from "./UseAmount";

interface Props {
  progress: GoalProgress;
  year: number;
  /** The aim of the company, under the answer about it. */
  aim: ReactNode;
}

export function Smart({ progress, year, aim }: Props) {
  const { t } = useTranslation();
  const [amount, setAmount] = useState<string | null>(null);
  return (
    <Section title={t("goalProgress.smart")} context={t("goalProgress.smartContext")} testId="goal-smart">
      <ul className="smart-answers">
        {progress.smart.map((answer) => (
          <Answer key={answer.criterion} answer={answer} onUse={setAmount}>
            {answer.criterion === "relevant" && aim}
          </Answer>
        ))}
      </ul>
      <UseAmount amount={amount} unit={progress.unit} name={progress.name} period={progress.period} year={year} currency={progress.currency} onClose={() => setAmount(null)} />
    </Section>
  );
}

function Answer({ answer, onUse, children }: { answer: SmartAnswer; onUse: (amount: string) => void; children: ReactNode }) {
  const { t } = useTranslation();
  const term = useTerm();
  const may = useRights();
  return (
    <li className="smart-answer" data-testid={`smart-${answer.criterion}`}>
      <div className="smart-head">
        <h3>{term("smart_criterion", answer.criterion)}</h3>
        <Light light={answer.light} group="smart" />
      </div>
      <div>
        <p><MessageText message={answer.said} /></p>
        {answer.suggestions.map((suggestion, at) => {
          const amount = answer.light === "green" ? null : amountOf(suggestion);
          return (
            // The suggestions are a list without keys, in a stated order.
            // oxlint-disable-next-line react/no-array-index-key
            <p key={at} className="smart-suggestion">
              <MessageText message={suggestion} />
              {amount !== null && may("set_goals") && (
                <Button size="small" onClick={() => onUse(amount)} data-testid="smart-use">
                  {t("goalProgress.use")}
                </Button>
              )}
            </p>
          );
        })}
        {children}
      </div>
    </li>
  );
}

/** The amount of a suggestion in major units: `1200.00 CNY`; null where it suggests none. */
function amountOf({ code, params }: Message): string | null {
  if (code !== "smart_suggest_amount") return null;
  return /^(-?\d+(?:\.\d+)?)(?: [A-Z]{3})?$/.exec(params["amount"] ?? "")?.[1] ?? null;
}
