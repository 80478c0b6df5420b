/** The plan as a tree-table with periods across: shown, changed, compared. */
import { useCallback, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import type { GridRow } from "../../../backend/generated";
import { useRead } from "../../../backend/query";
import { ErrorState } from "../../../components/ErrorState";
import { EmptyState } from "../../../components/Page";
import { useRights } from "../../../components/rights";
import { sharedNames } from "../../../components/sharedNames";
import { useMedia } from "../../../components/useMedia";
import { useSearchParam } from "../../../components/useSearchParam";
import { cellKey } from "./block";
import { CellMenu, type CellAction } from "./CellMenu";
import { ChangeForm, type ChangeKind } from "./ChangeForms";
import { GridFooter } from "./GridFooter";
import { GridToolbar } from "./GridToolbar";
import { layoutOf } from "./layout";
import { Problems } from "./Problems";
import { ResultBar } from "./ResultBar";
import { TreeGrid } from "./TreeGrid";
import { useBlocks } from "./useBlocks";
import { useCursor } from "./useCursor";
import { useEdits } from "./useEdits";
import { useGridRows } from "./useGridRows";
import { useGridState } from "./useGridState";
import { useReach } from "./useReach";
import { VersionsDrawer } from "./versions/VersionsDrawer";
import { useGoalMetric } from "../metric";

/** Below this the columns that stay are narrow. */
const NARROW = "(max-width: 1440px)";

interface Props {
  year: number;
  /** The unit or person chosen in the top bar. */
  unit: string | null;
  onDetails: (row: GridRow, columns: readonly string[]) => void;
  onHistory: (row: GridRow) => void;
  /** What a goal consists of. */
  onWhy: (row: GridRow) => void;
}

export function GoalGridView({ year, unit, onDetails, onHistory, onWhy }: Props) {
  const { t } = useTranslation();
  const may = useRights();
  const [metric] = useGoalMetric();
  const organisation = useRead("get_organisation", {});
  const state = useGridState(organisation.data, unit);
  const [versionText, setVersion] = useSearchParam("version");
  const version = /^\d{1,6}$/.test(versionText ?? "") ? Number(versionText) : null;
  const rows = useGridRows({
    metric,
    year,
    columns: state.columns,
    expanded: [...state.expanded],
    ...(version !== null && { version }),
    ...(state.asked && { search: state.asked }),
  });
  const { head, total, rowAt } = rows;
  const narrow = useMedia(NARROW);
  // Each window brings the same columns: they are laid out anew only when they are others.
  const periods = head?.columns.map(({ period }) => period).join(" ");
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  const layout = useMemo(() => layoutOf(head?.columns ?? [], narrow), [periods, narrow]);
  const cursor = useCursor(total, layout.cols.length);
  const edits = useEdits(head?.plan?.id);
  const blocks = useBlocks(rows, layout, edits, state.above);
  const [menu, setMenu] = useState<{ x: number; y: number } | null>(null);
  const [change, setChange] = useState<{ kind: ChangeKind; row: GridRow; period: string } | null>(null);
  const [showsVersions, setShowsVersions] = useState(false);
  const focusGrid = useRef<() => void>(() => undefined);
  const onReady = useCallback((focus: () => void) => {
    focusGrid.current = focus;
  }, []);
  useReach(unit, rows, cursor);
  const shared = useMemo(() => sharedNames(rows.loaded.filter(({ level }) => level === "person")), [rows.loaded]);

  if (!head) return rows.error ? <ErrorState error={rows.error} onRetry={rows.refetch} /> : <Waiting />;
  const editable = head.editable && may("set_goals") && version === null;
  const row = rowAt(cursor.at.row);
  const col = layout.cols[cursor.at.col];
  const numberOf = (one: GridRow) => (one.level === "person" && shared.has(one.name) ? (one.staff_number ?? null) : null);
  const actions: CellAction[] = [
    "details",
    "why",
    ...(may("see_history") ? (["history"] as const) : []),
    ...(editable ? (["lock", "unlock", "shift", "revise", ...(row?.level === "person" ? (["copy"] as const) : [])] as const) : []),
  ];
  const details = (one: GridRow) => onDetails(one, head.columns.map(({ period }) => period));
  const act = (action: CellAction) => {
    if (!row) return;
    if (action === "details") details(row);
    else if (action === "why") onWhy(row);
    else if (action === "history") onHistory(row);
    else if (action === "lock" || action === "unlock") blocks.lock(cursor.range, action);
    else setChange({ kind: action, row, period: col?.period?.period ?? String(year) });
  };
  return (
    <section className="goal-grid" aria-label={t("goals.table.label", { year: String(year) })}>
      <GridToolbar year={year} state={state} editable={editable} versions={may("see_all_results")} actions={actions} onAct={act} onVersions={() => setShowsVersions(true)} />
      {version !== null && <OldVersion version={version} onBack={() => setVersion(null)} />}
      {rows.error !== null && <ErrorState error={rows.error} onRetry={rows.refetch} />}
      <TreeGrid
        label={t("goals.table.label", { year: String(year) })}
        empty={<EmptyRow />}
        currency={head.currency}
        typed={edits.typed}
        onSight={rows.onSight}
        onFold={(one) => state.fold(one, rows.loaded)}
        onOpen={details}
        onType={blocks.type}
        onForget={(one, at) => at.period && edits.forget(cellKey(one.unit, at.period.period))}
        onLock={(range) => blocks.lock(range)}
        onCopy={blocks.copy}
        onPaste={blocks.paste}
        onMenu={setMenu}
        {...{ layout, total, year, editable, cursor, rowAt, numberOf, onReady }}
      />
      <Problems typed={edits.typed} refusal={edits.refusal} onForget={() => edits.forget()} />
      {edits.result && <ResultBar outcome={edits.result} onDismiss={edits.dismiss} />}
      <GridFooter head={head} row={row} col={col} editable={editable} />
      <CellMenu
        at={menu}
        actions={actions}
        onAct={act}
        onClose={() => {
          setMenu(null);
          focusGrid.current();
        }}
      />
      {change && head.plan && (
        <ChangeForm
          {...change}
          plan={head.plan.id}
          year={year}
          columns={head.columns}
          above={state.above}
          onClose={() => setChange(null)}
          onDone={(result) => {
            setChange(null);
            edits.show(result);
          }}
        />
      )}
      <VersionsDrawer open={showsVersions} year={year} shown={version} onShow={(one) => setVersion(one === null ? null : String(one))} onClose={() => setShowsVersions(false)} />
    </section>
  );
}

function Waiting() {
  const { t } = useTranslation();
  return (
    <div className="tree-grid grid-first-wait" role="status" aria-busy="true" aria-label={t("common.loading")}>
      {Array.from({ length: 12 }, (_, place) => (
        <span key={place} className="grid-waiting" />
      ))}
    </div>
  );
}

function EmptyRow() {
  const { t } = useTranslation();
  return (
    <div role="row" className="grid-nothing">
      <div role="gridcell" tabIndex={-1}>
        <EmptyState title={t("goals.grid.nothing")} />
      </div>
    </div>
  );
}

function OldVersion({ version, onBack }: { version: number; onBack: () => void }) {
  const { t } = useTranslation();
  return (
    <p className="grid-old notes" role="status">
      {t("goals.grid.versions.old", { version })}{" "}
      <button type="button" className="link-button" onClick={onBack}>
        {t("goals.grid.versions.back")}
      </button>
    </p>
  );
}
