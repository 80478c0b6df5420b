/** What keeps a goal fair: damping, growth cap and floor, years of history, over-assignment, the ramp of new people. */
import { Checkbox, Input, Select } from "antd";
import { useTranslation } from "react-i18next";

import { formatCount } from "../../../components/format";
import type { BlendDraft } from "./draft";
import { Field } from "./Field";

interface Props {
  draft: BlendDraft;
  onChange: (change: Partial<BlendDraft>) => void;
}

const YEARS = [1, 2, 3, 4, 5];

export function Limits({ draft, onChange }: Props) {
  const { t } = useTranslation();
  const percent = (name: "damping" | "cap" | "floor" | "over", placeholder: string) => (
    <Field field={name} label={t(`goalBlend.${name}`)} help={t(`goalBlend.${name}Help`)}>
      {(control) => (
        <Input
          {...control}
          data-testid={`blend-${name}`}
          className="figure blend-percent"
          suffix="%"
          inputMode="decimal"
          autoComplete="off"
          placeholder={placeholder}
          value={draft[name]}
          status={control["aria-invalid"] ? "error" : ""}
          onChange={(event) => onChange({ [name]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <fieldset className="blend-group">
      <legend>{t("goalBlend.limits")}</legend>
      <div className="blend-fields">
        {percent("damping", "100")}
        {percent("cap", t("goalBlend.none"))}
        {percent("floor", t("goalBlend.none"))}
        {percent("over", "100")}
        <Field field="years" label={t("goalBlend.years")} help={t("goalBlend.yearsHelp")}>
          {({ id }) => (
            <Select
              id={id}
              className="blend-percent"
              data-testid="blend-years"
              value={draft.years}
              onChange={(years: number) => onChange({ years })}
              options={YEARS.map((value) => ({ value, label: t("goalBlend.yearsOf", { count: value, years: formatCount(value) }) }))}
            />
          )}
        </Field>
        <div className="blend-field">
          <Checkbox checked={draft.ramp} onChange={(event) => onChange({ ramp: event.target.checked })} data-testid="blend-ramp">
            {t("goalBlend.ramp")}
          </Checkbox>
          <span className="quiet">{t("goalBlend.rampHelp")}</span>
        </div>
      </div>
    </fieldset>
  );
}
