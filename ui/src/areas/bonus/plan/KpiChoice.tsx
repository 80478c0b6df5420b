/** A KPI of the library by its name; one that the library lost keeps its code. */
import { Select } from "antd";
import { useTranslation } from "react-i18next";

import { useRead } from "../../../backend/query";
import { useLanguage } from "../../../i18n";
import { both } from "../../../i18n/both";
import { Labelled } from "./inputs";
import { idOf, useShared } from "./shared";

interface Props {
  path: string;
  label: string;
  value: string;
  onChange: (code: string) => void;
  bare?: boolean;
}

export function KpiChoice({ path, label, value, onChange, bare }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { errors } = useShared();
  const metrics = useRead("list_metrics", {}).data ?? [];
  const wrong = errors.get(path);
  const known = metrics.filter(({ code, problem }) => problem === null || code === value).map(({ code, name }) => ({ value: code, label: both(name, language) }));
  const options = value === "" || known.some((one) => one.value === value) ? known : [{ value, label: value }, ...known];
  const select = (
    <>
      <Select
        id={idOf(path)}
        className="plan-kpi"
        {...(bare && { "aria-label": label })}
        aria-invalid={wrong !== undefined}
        aria-describedby={wrong ? `${idOf(path)}-wrong` : undefined}
        status={wrong ? "error" : ""}
        showSearch={{ optionFilterProp: "label" }}
        popupMatchSelectWidth={300}
        placeholder={t("bonus.plan.measure.chooseKpi")}
        value={value === "" ? null : value}
        onChange={onChange}
        options={options}
      />
      {wrong && (
        <span className="field-error" role="alert" id={`${idOf(path)}-wrong`}>
          {t(`bonus.plan.error.${wrong}`)}
        </span>
      )}
    </>
  );
  return bare ? select : <Labelled path={path} label={label}>{select}</Labelled>;
}
