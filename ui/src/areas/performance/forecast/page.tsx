/** The forecast: where the period will land and why, what comes after it, and how far to believe it. */
import { Select } from "antd";
import { useTranslation } from "react-i18next";

import type { ForecastBy, Grain } from "../../../backend/generated";
import { useRead } from "../../../backend/query";
import { Answer, Page } from "../../../components/Page";
import { useScope } from "../../../components/scope";
import { useSearchParam } from "../../../components/useSearchParam";
import { useLanguage } from "../../../i18n";
import { PerformanceNav } from "../PerformanceNav";
import { both } from "../../../i18n/both";
import "../performance.css";
import "./forecast.css";
import { Kept } from "./Kept";
import { Landing } from "./Landing";
import { Trend } from "./Trend";

const GRAINS: readonly Grain[] = ["week", "month", "quarter"];
const WHOLE: readonly Grain[] = ["month", "quarter", "year"];
const ROWS: readonly ForecastBy[] = ["team", "person"];

export default function ForecastPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { unit } = useScope();
  const [code, setCode] = useSearchParam("metric");
  const [grainText, setGrain] = useSearchParam("grain");
  const [byText, setBy] = useSearchParam("by");
  const [wholeText, setWhole] = useSearchParam("landing");
  const metrics = useRead("list_metrics", {});
  const usable = (metrics.data ?? []).filter((one) => one.problem === null && (one.unit === "money" || one.unit === "count"));
  const metric = usable.find((one) => one.code === code)?.code ?? "won_amount";
  const grain = GRAINS.find((one) => one === grainText) ?? "month";
  const by = ROWS.find((one) => one === byText) ?? null;
  const whole = WHOLE.find((one) => one === wholeText) ?? "quarter";
  const old = { placeholderData: <T,>(data: T) => data };
  const landing = useRead("get_landing", { grain: whole, as_of: null, unit, by, language }, old);
  const forecast = useRead("get_forecast", { metric, grain, horizon: null, unit, by, language }, {
    ...old,
    // Until they are known, the chosen one is not.
    enabled: metrics.isSuccess,
  });
  return (
    <Page title={t("performance.title")} context={t("performance.forecast.context")}>
      <PerformanceNav />
      <div className="kpi-choices">
        <Choice
          id="forecast-landing"
          label={t("performance.forecast.landingPeriod")}
          value={whole}
          onChange={setWhole}
          options={WHOLE.map((value) => ({ value, label: t(`performance.library.grains.${value}`) }))}
        />
        <Choice
          id="forecast-by"
          label={t("performance.forecast.by")}
          value={by ?? "none"}
          onChange={(next) => setBy(next === "none" ? null : next)}
          options={(["none", ...ROWS] as const).map((value) => ({ value, label: t(`performance.forecast.bys.${value}`) }))}
        />
      </div>
      <Answer query={landing}>{(view) => <Landing view={view} />}</Answer>
      <div className="kpi-choices">
        <Choice
          id="forecast-metric"
          label={t("performance.forecast.metric")}
          value={metric}
          onChange={setCode}
          options={usable.map((one) => ({ value: one.code, label: both(one.name, language) }))}
        />
        <Choice
          id="forecast-grain"
          label={t("performance.forecast.grain")}
          value={grain}
          onChange={setGrain}
          options={GRAINS.map((value) => ({ value, label: t(`performance.library.grains.${value}`) }))}
        />
      </div>
      <Answer query={metrics}>{() => <Answer query={forecast}>{(view) => <Trend view={view} />}</Answer>}</Answer>
      <Kept />
    </Page>
  );
}

interface ChoiceProps {
  id: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  options: { value: string; label: string }[];
}

function Choice({ id, label, value, onChange, options }: ChoiceProps) {
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <Select id={id} data-testid={id} popupMatchSelectWidth={false} value={value} onChange={onChange} options={options} />
    </>
  );
}
