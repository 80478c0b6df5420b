/** The goal out to a workbook and back: what a file would move is looked at, then made. */
import { Button, DatePicker, Drawer, Form } from "antd";
import dayjs from "dayjs";
import { FileDown, FileUp } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { BackendError } from "../../../backend/backend";
import type { GoalEdited, GoalMismatch, GoalSheetPicked } from "../../../backend/generated";
import { useCommand } from "../../../backend/query";
import { DataTable, type Column } from "../../../components/DataTable";
import { ErrorState } from "../../../components/ErrorState";
import { Notes } from "../../../components/MessageText";
import { formatCount, formatDecimal } from "../../../components/format";
import { periodLabel } from "../../../components/period";
import { useRights } from "../../../components/rights";
import { useChangeToast } from "../../../components/useChangeToast";
import { useToast } from "../../../components/useToast";
import { useLanguage } from "../../../i18n";
import { useSay } from "../../../i18n/say";
import { Moved } from "./MovedDrawer";
import { useGoalMetric } from "../metric";

export function ExcelButtons({ year, editable }: { year: number; editable: boolean }) {
  const { t } = useTranslation();
  const may = useRights();
  const say = useSay();
  const toast = useToast();
  const language = useLanguage();
  const [metric] = useGoalMetric();
  const write = useCommand("export_goal_sheet");
  const pick = useCommand("pick_goal_sheet");
  const [picked, setPicked] = useState<GoalSheetPicked | BackendError | null>(null);
  const failed = (thrown: unknown) => toast.failed(say(BackendError.from(thrown)));
  return (
    <>
      {may("export_reports") && (
        <Button
          size="small"
          icon={<FileDown size={14} />}
          loading={write.isPending}
          data-testid="goal-excel-export"
          onClick={() =>
            write.mutate(
              { metric, year, language },
              {
                // Without a folder the dialog was closed.
                onSuccess: ({ folder, files }) => folder !== null && toast.done(t("goals.excel.written", { file: files[0] ?? "", folder })),
                onError: failed,
              },
            )
          }
        >
          {t("goals.excel.export")}
        </Button>
      )}
      {editable && may("set_goals") && (
        <Button
          size="small"
          icon={<FileUp size={14} />}
          loading={pick.isPending}
          data-testid="goal-excel-import"
          onClick={() => pick.mutate({ metric, year }, { onSuccess: setPicked, onError: (thrown) => setPicked(BackendError.from(thrown)) })}
        >
          {t("goals.excel.import")}
        </Button>
      )}
      {picked && <ImportDrawer picked={picked} year={year} onClose={() => setPicked(null)} />}
    </>
  );
}

function ImportDrawer({ picked, year, onClose }: { picked: GoalSheetPicked | BackendError; year: number; onClose: () => void }) {
  const { t } = useTranslation();
  const done = useChangeToast();
  const make = useCommand("import_goal_sheet");
  const look = useCommand("import_goal_sheet");
  const [frozen, setFrozen] = useState<string | null>(null);
  // With a day before which all stays something else moves: what is made is what was looked at.
  const edited = picked instanceof BackendError ? null : frozen === null ? picked.read.edited : (look.data ?? null);
  const more = frozen === null ? {} : { frozen_before: frozen };
  const freeze = (plan: string, day: string | null) => {
    setFrozen(day);
    make.reset();
    look.reset();
    if (day !== null) look.mutate({ plan, frozen_before: day, preview: true });
  };
  const take = (plan: string) =>
    make.mutate(
      { plan, ...more },
      {
        onSuccess: ({ changed }) => {
          done(t("goals.excel.taken", { count: changed, cells: formatCount(changed) }));
          onClose();
        },
      },
    );
  return (
    <Drawer
      open
      onClose={onClose}
      size={820}
      title={t("goals.excel.title", { year: String(year) })}
      data-testid="goal-excel-drawer"
      footer={
        edited &&
        !(picked instanceof BackendError) && (
          <div className="grid-change-buttons">
            <Button type="primary" loading={make.isPending} onClick={() => take(picked.plan)} data-testid="goal-excel-apply">
              {t("goals.excel.apply")}
            </Button>
          </div>
        )
      }
    >
      {(make.error ?? look.error) && <ErrorState error={make.error ?? (look.error as BackendError)} />}
      {picked instanceof BackendError ? (
        <ErrorState error={picked} />
      ) : (
        <>
          <Notes messages={picked.read.notes} tone="warning" />
          {picked.read.edited && (
            <Form layout="vertical">
              <Form.Item label={t("goals.grid.frozenBefore.label")} htmlFor="excel-frozen-before" extra={t("goals.grid.frozenBefore.explain")}>
                <DatePicker id="excel-frozen-before" value={frozen === null ? null : dayjs(frozen)} onChange={(day) => freeze(picked.plan, day ? day.format("YYYY-MM-DD") : null)} />
              </Form.Item>
            </Form>
          )}
          <Found picked={picked} edited={edited} />
        </>
      )}
    </Drawer>
  );
}

/** `edited`: what taking it in would move; null while that is looked at once more. */
function Found({ picked: { file, read }, edited }: { picked: GoalSheetPicked; edited: GoalEdited | null }) {
  const { t } = useTranslation();
  if (read.mismatches.length > 0) return <Mismatches file={file} rows={read.mismatches} count={read.mismatch_count} />;
  if (!read.edited) return <p data-testid="goal-excel-same">{t("goals.excel.same", { file })}</p>;
  if (!edited) return null;
  const { changed } = edited;
  return (
    <div data-testid="goal-excel-outcome">
      <h2 className="grid-part">{t("goals.excel.would", { file, cells: t("goals.grid.would", { count: changed, cells: formatCount(changed) }) })}</h2>
      <Moved result={edited} />
    </div>
  );
}

/** Sums of the file that are not what they sum, each with its line. */
function Mismatches({ file, rows, count }: { file: string; rows: readonly GoalMismatch[]; count: number }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const columns: Column<GoalMismatch>[] = [
    { key: "line", title: t("goals.excel.line"), text: ({ line }) => String(line), numeric: true, width: 72 },
    { key: "name", title: t("goals.table.unit"), text: ({ name }) => name },
    { key: "period", title: t("goals.grid.period"), text: ({ period }) => periodLabel(period, t, language), width: 112 },
    { key: "stands", title: t("goals.excel.stands"), text: ({ written }) => formatDecimal(written), numeric: true, width: 144 },
    { key: "sum", title: t("goals.excel.sum"), text: ({ sum }) => formatDecimal(sum), numeric: true, width: 144 },
  ];
  return (
    <div role="alert" data-testid="goal-excel-mismatches">
      <h2 className="grid-part">{t("goals.excel.open", { count, file, sums: formatCount(count) })}</h2>
      <p className="quiet">{t("goals.excel.openExplain")}</p>
      <DataTable label={t("goals.excel.mismatches")} columns={columns} rows={rows} count={count} rowKey={({ line, name, period }) => `${line} ${name} ${period}`} rowPx={32} empty={t("goals.grid.noDifference")} />
    </div>
  );
}
