/** The KPI library: any metric, split and compared, with its written definition. What is chosen lives in the address. */
import { Button, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Comparison, Grain, MetricBy, MetricInfo } from "../../../backend/generated";
import { useRead } from "../../../backend/query";
import { Answer, Page } from "../../../components/Page";
import { useRights } from "../../../components/rights";
import { useScope } from "../../../components/scope";
import { useSearchParam } from "../../../components/useSearchParam";
import { useLanguage } from "../../../i18n";
import { Choice } from "../boards/QuestionFields";
import { COMPARISONS, GRAINS, SPLITS } from "../boards/questions";
import { PerformanceNav } from "../PerformanceNav";
import { RangeChooser, useRange } from "../RangeChooser";
import "../performance.css";
import { Definition } from "./Definition";
import { MetricResult } from "./MetricResult";
import { both } from "../../../i18n/both";
import { OwnMetrics } from "./OwnMetrics";

export default function MetricsPage() {
  const { t } = useTranslation();
  const list = useRead("list_metrics", {});
  return (
    <Page title={t("performance.title")} context={t("performance.library.context")}>
      <PerformanceNav />
      <Answer query={list}>{(metrics) => <Explorer metrics={metrics} />}</Answer>
    </Page>
  );
}

function Explorer({ metrics }: { metrics: readonly MetricInfo[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const scope = useScope();
  const [code, setCode] = useSearchParam("metric");
  const [byText, setBy] = useSearchParam("by");
  const [grainText, setGrain] = useSearchParam("grain");
  const [compareText, setCompare] = useSearchParam("compare");
  const range = useRange();
  const mayDefine = useRights()("edit_company");
  const [isDefining, setDefining] = useState(false);
  const usable = metrics.filter((one) => one.problem === null);
  const metric = usable.find((one) => one.code === code) ?? usable[0];
  const by = SPLITS.find((one) => one === byText) ?? null;
  const grain = GRAINS.find((one) => one === grainText) ?? null;
  const compare = COMPARISONS.find((one) => one === compareText) ?? null;
  const table = useRead(
    "get_metric",
    { metric: metric?.code ?? "", by, grain, from: range.from, to: range.to, unit: scope.unit, compare },
    { placeholderData: (old) => old, enabled: metric !== undefined },
  );
  return (
    <>
      <div className="kpi-choices">
        <label htmlFor="metric-code">{t("performance.kpi.metric")}</label>
        <Select
          id="metric-code"
          data-testid="metric-code"
          showSearch={{ optionFilterProp: "label" }}
          popupMatchSelectWidth={320}
          value={metric?.code}
          onChange={(value) => setCode(value)}
          options={usable.map((one) => ({ value: one.code, label: both(one.name, language) }))}
        />
        <Choice
          id="metric-by"
          label={t("performance.library.by")}
          value={by}
          values={SPLITS}
          none
          word={(one: MetricBy | "none") => t(`performance.library.bys.${one}`)}
          onChange={setBy}
        />
        <Choice
          id="metric-grain"
          label={t("performance.library.grain")}
          value={grain}
          values={GRAINS}
          none
          word={(one: Grain | "none") => t(`performance.library.grains.${one}`)}
          onChange={setGrain}
        />
        <Choice
          id="metric-compare"
          label={t("performance.library.compare")}
          value={compare}
          values={COMPARISONS}
          none
          word={(one: Comparison | "none") => t(`performance.library.compares.${one}`)}
          onChange={setCompare}
        />
        <RangeChooser id="metric-range" range={range} />
        {mayDefine && (
          <Button onClick={() => setDefining(true)} data-testid="own-open">
            {t("performance.own.title")}
          </Button>
        )}
      </div>
      {mayDefine && <OwnMetrics metrics={metrics} open={isDefining} onClose={() => setDefining(false)} />}
      <Answer query={table}>
        {(data) => (
          <>
            <Definition metric={data.metric} />
            <MetricResult table={data} by={by} compared={compare !== null} />
          </>
        )}
      </Answer>
    </>
  );
}
