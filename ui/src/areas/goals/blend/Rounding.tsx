/** Goals in multiples that people like; the sums close all the same. */
import { Select } from "antd";
import { useId } from "react";
import { useTranslation } from "react-i18next";

import { formatCount } from "../../../components/format";
import { LEVELS, type BlendDraft } from "./draft";
import { Wrongs } from "./Field";

const UNITS = ["100", "1000", "10000"];
const CELL_UNITS = ["1", "10", "100", "1000"];

interface Props {
  draft: BlendDraft;
  onChange: (change: Partial<BlendDraft>) => void;
}

export function Rounding({ draft, onChange }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const choices = (units: readonly string[]) => [{ value: "", label: t("goalBlend.exact") }, ...units.map((value) => ({ value, label: formatCount(value) }))];
  return (
    <fieldset className="blend-group">
      <legend>{t("goalBlend.rounding")}</legend>
      <div className="blend-fields">
        {LEVELS.map((level) => (
          <div className="blend-field" key={level}>
            <label htmlFor={`${id}-${level}`}>{t(`goalBlend.roundLevel.${level}`)}</label>
            <Select
              id={`${id}-${level}`}
              className="blend-percent"
              data-testid={`blend-round-${level}`}
              value={draft.round[level]}
              options={choices(UNITS)}
              onChange={(unit: string) => onChange({ round: { ...draft.round, [level]: unit } })}
            />
          </div>
        ))}
        <div className="blend-field">
          <label htmlFor={`${id}-cells`}>{t("goalBlend.cells")}</label>
          <Select
            id={`${id}-cells`}
            className="blend-percent"
            data-testid="blend-cells"
            value={draft.cellUnit}
            options={choices(CELL_UNITS)}
            onChange={(cellUnit: string) => onChange({ cellUnit })}
          />
        </div>
      </div>
      <Wrongs field="round" />
    </fieldset>
  );
}
