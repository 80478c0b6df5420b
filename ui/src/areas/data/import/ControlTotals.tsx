/** Won amount in the files by quarter, beside the store's after the import. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { ControlTotal } from "../../../backend/generated";
import { DataTable, type Column } from "../../../components/DataTable";
import { compareExact, currencySymbol, formatAmount } from "../../../components/format";
import { periodLabel } from "../../../components/period";
import { useLanguage } from "../../../i18n";
import { Agreement } from "../Agreement";

export function ControlTotals({ controls }: { controls: readonly ControlTotal[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const all = controls.find((control) => control.period === "all");
  const parts = controls.filter((control) => control.period !== "all");
  const compared = controls.some((control) => control.in_store !== null);
  const symbol = currencySymbol(controls[0]?.in_file.currency ?? "CNY").trim();
  const columns = useMemo<Column<ControlTotal>[]>(() => {
    const agree = (control: ControlTotal) =>
      control.in_store !== null && compareExact(control.in_store.amount, control.in_file.amount) === 0;
    const base: Column<ControlTotal>[] = [
      { key: "period", title: t("data.columns.closingQuarter"), text: (control) => periodLabel(control.period, t, language) },
      {
        key: "in_file",
        title: t("data.columns.inFile", { symbol }),
        text: (control) => formatAmount(control.in_file),
        numeric: true,
        total: formatAmount(all?.in_file),
      },
    ];
    if (!compared) return base;
    return [
      ...base,
      {
        key: "in_store",
        title: t("data.columns.inStore", { symbol }),
        text: (control) => formatAmount(control.in_store),
        numeric: true,
        total: formatAmount(all?.in_store),
      },
      {
        key: "agree",
        title: t("data.columns.agree"),
        text: (control) => t(agree(control) ? "data.import.agrees" : "data.import.differs"),
        render: (control) => <Agreement agrees={agree(control)} />,
        width: 110,
        total: all ? <Agreement agrees={agree(all)} /> : null,
      },
    ];
  }, [t, language, symbol, all, compared]);
  if (controls.length === 0) return <p className="quiet">{t("data.import.noControls")}</p>;
  return (
    <DataTable
      label={t("data.import.controls")}
      columns={columns}
      rows={parts}
      rowKey={(control) => control.period}
      maxHeight={320}
      empty={null}
      testId="control-totals"
    />
  );
}
