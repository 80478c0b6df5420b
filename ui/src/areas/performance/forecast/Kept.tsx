/** Forecasts that were kept, beside what came: how far to believe the next one. */
import { Button } from "antd";
import { useTranslation } from "react-i18next";

import type { KeptForecast } from "../../../backend/generated";
import { useCommand, useRead } from "../../../backend/query";
import { DataTable, type Column } from "../../../components/DataTable";
import { currencySymbol, formatDate, formatDecimal, formatPercent } from "../../../components/format";
import { Answer, Section } from "../../../components/Page";
import { useRights } from "../../../components/rights";
import { useScope } from "../../../components/scope";
import { useToast } from "../../../components/useToast";
import { useLanguage } from "../../../i18n";
import { useSay } from "../../../i18n/say";

export function Kept() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { unit } = useScope();
  const may = useRights();
  const toast = useToast();
  const kept = useRead("get_kept_forecasts", { unit, language });
  const say = useSay();
  const keep = useCommand("keep_forecasts");
  const run = () =>
    keep.mutate(
      {},
      {
        onSuccess: () => {
          toast.done(t("performance.forecast.keptDone"));
          void kept.refetch();
        },
        onError: (error) => toast.failed(say(error)),
      },
    );
  const actions = may("edit_company") && (
    <Button size="small" loading={keep.isPending} onClick={run} data-testid="keep-forecasts">
      {t("performance.forecast.keep")}
    </Button>
  );
  return (
    <Answer query={kept}>
      {(data) => {
        const symbol = currencySymbol(data.currency).trim();
        const figure = (key: "mean" | "lower" | "upper" | "actual", title: string): Column<KeptForecast> => ({
          key,
          title: `${title} ${symbol}`,
          numeric: true,
          text: (row) => formatDecimal(row[key]),
        });
        const columns: Column<KeptForecast>[] = [
          { key: "on", title: t("performance.forecast.day"), text: (row) => formatDate(row.on) },
          {
            key: "kind",
            title: t("performance.forecast.kind"),
            text: (row) => t(`performance.forecast.keptKinds.${row.kind === "landing" ? "landing" : "forecast"}`),
          },
          { key: "period", title: t("performance.forecast.period"), text: (row) => row.label },
          figure("mean", t("performance.forecast.expected")),
          figure("lower", t("performance.forecast.lower")),
          figure("upper", t("performance.forecast.upper")),
          figure("actual", t("performance.forecast.actual")),
          { key: "off", title: t("performance.forecast.off"), width: 90, numeric: true, text: (row) => formatPercent(row.off) },
        ];
        const last =
          data.last_kept === null
            ? t("performance.forecast.keptNone")
            : t("performance.forecast.keptLast", { day: formatDate(data.last_kept), waiting: data.waiting });
        const held = t("performance.forecast.keptHeld", { held: data.held, count: data.rows.length, off: formatPercent(data.mean_off) });
        return (
          <Section
            title={t("performance.forecast.kept")}
            context={data.rows.length > 0 ? `${last} · ${held}` : last}
            actions={actions}
            flush={data.rows.length > 0}
            testId="kept-forecasts"
          >
            {data.rows.length > 0 && (
              <DataTable
                label={t("performance.forecast.kept")}
                columns={columns}
                rows={data.rows}
                rowKey={(row) => `${row.on} ${row.kind} ${row.period}`}
                maxHeight={340}
              />
            )}
          </Section>
        );
      }}
    </Answer>
  );
}
