/** How the goal runs along the year. */
import { Input, Radio } from "antd";
import { useTranslation } from "react-i18next";

import type { TimeBy } from "../../../backend/generated";
import { monthWord } from "../../../components/period";
import { useLanguage } from "../../../i18n";
import { parseWeight } from "../weights";
import { TIMES, type BlendDraft } from "./draft";
import { Wrongs } from "./Field";

interface Props {
  draft: BlendDraft;
  onChange: (change: Partial<BlendDraft>) => void;
}

export function Time({ draft, onChange }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const month = (at: number) => t("common.period.shortMonth", { month: monthWord(at + 1, language) });
  return (
    <fieldset className="blend-group">
      <legend>{t("goalBlend.time")}</legend>
      <Radio.Group className="blend-times" value={draft.time} onChange={(event) => onChange({ time: event.target.value as TimeBy["by"] })}>
        {TIMES.map((by) => (
          <Radio key={by} value={by} data-testid={`blend-time-${by}`}>
            {t(`goalBlend.timeBy.${by}`)}
            <span className="quiet">{t(`goalBlend.timeHelp.${by}`)}</span>
          </Radio>
        ))}
      </Radio.Group>
      {draft.time === "own" && (
        <div className="blend-months">
          {draft.months.map((weight, at) => (
            // Twelve months, always in this order.
            // oxlint-disable-next-line react/no-array-index-key
            <label key={at} className="blend-inline">
              {month(at)}
              <Input
                size="small"
                className="figure blend-small"
                inputMode="decimal"
                value={weight}
                status={parseWeight(weight) === null ? "error" : ""}
                aria-invalid={parseWeight(weight) === null}
                onChange={(event) => onChange({ months: draft.months.map((other, place) => (place === at ? event.target.value : other)) })}
              />
            </label>
          ))}
        </div>
      )}
      <Wrongs field="time" />
    </fieldset>
  );
}
