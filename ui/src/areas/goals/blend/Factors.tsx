/** The six factors with their shares, and what they total. */
import { Button, Input, Slider } from "antd";
import { CircleAlert, CircleCheck, Scale } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { GoalFactor } from "../../../backend/generated";
import { formatPercent, percentForDrawing } from "../../../components/format";
import { balanced, FACTORS, isWhole, shareOf, totalOf, type BlendDraft } from "./draft";
import { Wrongs } from "./Field";

interface Props {
  shares: BlendDraft["shares"];
  onChange: (shares: BlendDraft["shares"]) => void;
}

export function Factors({ shares, onChange }: Props) {
  const { t } = useTranslation();
  /** What was set last stays when the rest is balanced. */
  const [last, setLast] = useState<GoalFactor>("history");
  const total = totalOf(shares);
  const whole = isWhole(total);
  const set = (factor: GoalFactor, text: string) => {
    setLast(factor);
    onChange({ ...shares, [factor]: text });
  };
  return (
    <fieldset className="blend-group">
      <legend>{t("goalBlend.factors")}</legend>
      <ul className="blend-factors">
        {FACTORS.map((factor) => {
          const share = shareOf(shares[factor]);
          return (
            <li key={factor}>
              <label htmlFor={`blend-${factor}`}>
                <strong>{t(`goalBlend.factor.${factor}`)}</strong>
                <span className="quiet">{t(`goalBlend.factorHelp.${factor}`)}</span>
              </label>
              <Slider
                min={0}
                max={100}
                value={percentForDrawing(share ?? "0", 100)}
                onChange={(value: number) => set(factor, String(value))}
                ariaLabelForHandle={t("goalBlend.slider", { factor: t(`goalBlend.factor.${factor}`) })}
                tooltip={{ formatter: null }}
              />
              <Input
                id={`blend-${factor}`}
                data-testid={`blend-share-${factor}`}
                className="figure"
                suffix="%"
                inputMode="decimal"
                autoComplete="off"
                value={shares[factor]}
                status={share === null ? "error" : ""}
                aria-invalid={share === null}
                onChange={(event) => set(factor, event.target.value)}
              />
            </li>
          );
        })}
      </ul>
      <div className="blend-total" data-testid="blend-total">
        <span className={whole ? "blend-whole" : "blend-part"}>
          {whole ? <CircleCheck size={15} aria-hidden /> : <CircleAlert size={15} aria-hidden />}
          {total === null ? t("goalBlend.unreadable") : t("goalBlend.total", { total: formatPercent(total) })}
        </span>
        <Button size="small" icon={<Scale size={14} />} disabled={whole} onClick={() => onChange(balanced(shares, last))} data-testid="blend-balance">
          {t("goalBlend.balance", { factor: t(`goalBlend.factor.${last}`) })}
        </Button>
      </div>
      <Wrongs field="factors" />
    </fieldset>
  );
}
