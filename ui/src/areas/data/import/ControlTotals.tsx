/** Won amount in the files by quarter, beside the store's after the import. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { ControlTotal, UndecidedStages } from "../../../backend/generated";
import { DataTable, type Column } from "../../../components/DataTable";
import { compareExact, currencySymbol, formatAmount, formatCount, formatMoney, MISSING } from "../../../components/format";
import { periodLabel } from "../../../components/period";
import { useLanguage } from "../../../i18n";
import { Agreement } from "../Agreement";

interface Props {
  controls: readonly ControlTotal[];
  undecided: UndecidedStages;
}

export function ControlTotals({ controls, undecided }: Props) {
  const { t } = useTranslation();
  const open = undecided.rows > 0;
  const shared = controls.some((control) => control.shared && control.in_store !== null);
  const amount = undecided.amount ? formatMoney(undecided.amount) : MISSING;
  return (
    <>
      {controls.length > 0 && <Totals controls={controls} shared={shared} />}
      {controls.length === 0 && !open && <p className="quiet control-note">{t("data.import.noControls")}</p>}
      {shared && <p className="quiet control-note">{t("data.import.sharedText")}</p>}
      {open && <p className="control-note">{t("data.import.undecided", { rows: formatCount(undecided.rows), amount })}</p>}
    </>
  );
}

function Totals({ controls, shared }: { controls: readonly ControlTotal[]; shared: boolean }) {
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
        title: t(shared ? "data.columns.asItStands" : "data.columns.inStore", { symbol }),
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
  }, [t, language, symbol, all, compared, shared]);
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
