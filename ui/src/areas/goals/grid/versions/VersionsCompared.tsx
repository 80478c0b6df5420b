/** What differs between two versions, by periods and level. */
import { Segmented, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { PeriodKind } from "../../../../backend/generated";
import { useRead } from "../../../../backend/query";
import { Answer } from "../../../../components/Page";
import { useWord } from "../../../../i18n";
import { MovedTable } from "../MovedTable";
import { useGoalMetric } from "../../metric";

const PERIODS = ["year", "quarter", "month"] as const satisfies readonly PeriodKind[];
const LEVELS = ["company", "department", "team", "person"];

interface Props {
  year: number;
  /** All versions, the oldest first. */
  numbers: readonly number[];
  before: number;
  after: number;
  onPair: (before: number, after: number) => void;
}

export function VersionsCompared({ year, numbers, before, after, onPair }: Props) {
  const { t } = useTranslation();
  const word = useWord();
  const [metric] = useGoalMetric();
  const [periods, setPeriods] = useState<(typeof PERIODS)[number]>("year");
  const [level, setLevel] = useState("");
  const compared = useRead("compare_goals", { metric, year, before, after, periods });
  const options = numbers.map((value) => ({ value, label: t("goals.grid.versions.number", { version: value }) }));
  return (
    <section aria-label={t("goals.grid.versions.compare")} className="grid-compared">
      <h2 className="grid-part">{t("goals.grid.versions.compare")}</h2>
      <div className="grid-toolbar">
        <Select size="small" aria-label={t("goals.grid.versions.older")} value={before} options={options} onChange={(one) => onPair(one, after)} data-testid="goal-version-before" />
        <Select size="small" aria-label={t("goals.grid.versions.newer")} value={after} options={options} onChange={(one) => onPair(before, one)} data-testid="goal-version-after" />
        <Segmented
          size="small"
          aria-label={t("goals.grid.columnsLabel")}
          value={periods}
          onChange={setPeriods}
          options={PERIODS.map((value) => ({ value, label: t(`goals.grid.versions.by.${value}`) }))}
        />
        <Select
          size="small"
          aria-label={t("goals.grid.level")}
          data-testid="goal-version-level"
          value={level}
          onChange={setLevel}
          popupMatchSelectWidth={false}
          options={[{ value: "", label: t("goals.grid.versions.allLevels") }, ...LEVELS.map((value) => ({ value, label: word("goals.grid.levels", value) }))]}
        />
      </div>
      <Answer query={compared}>
        {({ rows }) => (
          <MovedTable label={t("goals.grid.versions.compare")} rows={level ? rows.filter((row) => row.level === level) : rows} maxHeight={520} testId="goal-compared" />
        )}
      </Answer>
    </section>
  );
}
