/** The trend with its forecast, the table behind it, and what to know about it. */
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";

import type { ForecastRow, ForecastView } from "../../../backend/generated";
import { ChartCard } from "../../../charts/ChartCard";
import { DataTable, type Column } from "../../../components/DataTable";
import { compareExact, currencySymbol, formatDecimal } from "../../../components/format";
import { Notes } from "../../../components/MessageText";
import { EmptyState, Section } from "../../../components/Page";
import { useToast } from "../../../components/useToast";
import { useSay } from "../../../i18n/say";

/** One period of one part. */
interface Line {
  part: string;
  row: ForecastRow;
  at: number;
}

export function Trend({ view }: { view: ForecastView }) {
  const { t } = useTranslation();
  const toast = useToast();
  const say = useSay();
  const refused = view.total.refused;
  const seen = view.history.filter((point) => point.expected !== null || point.shift);
  return (
    <>
      {view.chart ? (
        <ChartCard
          chart={view.chart}
          explanation={t("performance.forecast.explainTrend")}
          onCopied={(result) => (result === "copied" ? toast.done(t("charts.copied")) : toast.failed(t("charts.copyFailed")))}
        />
      ) : (
        <Section testId="forecast-refused">
          <EmptyState title={t("performance.forecast.notEnough")} text={refused && say(refused)} />
        </Section>
      )}
      <Notes messages={view.total.notes} />
      {seen.length > 0 && (
        <Section title={t("performance.forecast.seen")} testId="forecast-seen">
          <ul className="notes">
            {seen.map((point) => (
              <li key={point.period}>
                {point.label}：{point.expected !== null && t("performance.forecast.outlier", { expected: formatDecimal(point.expected) })}
                {point.shift && t("performance.forecast.shift")}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {(view.chart !== null || view.rows.length > 0) && <Rows view={view} />}
    </>
  );
}

function Rows({ view }: { view: ForecastView }) {
  const { t } = useTranslation();
  const say = useSay();
  const symbol = view.currency === null ? "" : currencySymbol(view.currency).trim();
  const parts = [...view.rows, view.total];
  const lines = parts.flatMap((row): Line[] => {
    const own = row === view.total;
    const name = own ? view.unit_name || t("performance.forecast.whole") : row.label;
    const part = `${"　".repeat(Math.max(0, row.depth - 1))}${name}${row.staff_number === null ? "" : ` ${row.staff_number}`}`;
    return (row.ahead.length > 0 ? row.ahead : [null]).map((_, at) => ({ part, row, at }));
  });
  const figure = (key: "mean" | "lower" | "upper", title: string): Column<Line> => ({
    key,
    title: `${title} ${symbol}`.trim(),
    width: 150,
    numeric: true,
    compare: (a, b) => compareExact(a.row.ahead[a.at]?.[key] ?? "0", b.row.ahead[b.at]?.[key] ?? "0"),
    text: ({ row, at }) => formatDecimal(row.ahead[at]?.[key]),
  });
  const columns: Column<Line>[] = [
    { key: "part", title: t("performance.forecast.unit"), text: ({ part }) => part },
    {
      key: "period",
      title: t("performance.forecast.period"),
      width: 130,
      text: ({ row, at }) => row.ahead[at]?.label ?? "",
    },
    figure("mean", t("performance.forecast.expected")),
    figure("lower", t("performance.forecast.lower")),
    figure("upper", t("performance.forecast.upper")),
    {
      key: "method",
      title: t("performance.forecast.method"),
      text: ({ row }) => {
        if (row.refused) return say(row.refused);
        const told = row === view.total ? [] : row.notes.map(say);
        return [methodName(row.method, t), ...told].filter(Boolean).join("；");
      },
    },
  ];
  return (
    <Section title={t("performance.forecast.rows")} flush testId="forecast-rows">
      <DataTable label={t("performance.forecast.rows")} columns={columns} rows={lines} rowKey={({ row, at }) => `${row === view.total ? "total" : row.key} ${at}`} />
    </Section>
  );
}

const METHODS = ["combination", "intermittent", "seasonal_naive", "constant"] as const;

function methodName(method: string | null, t: TFunction): string {
  const known = METHODS.find((one) => one === method);
  return known ? t(`performance.forecast.methods.${known}`) : "";
}
