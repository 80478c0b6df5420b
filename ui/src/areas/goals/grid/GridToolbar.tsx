/** Above the tree-table: which periods, which rows, what happens above a change, and what else may be done. */
import { Button, Dropdown, Input, Segmented } from "antd";
import { ChevronDown, ChevronsDownUp, ChevronsUpDown, GitCompareArrows, Search } from "lucide-react";
import { useTranslation } from "react-i18next";

import type { GridColumns } from "../../../backend/generated";
import { AboveChooser } from "./AboveChooser";
import { actionItems, type CellAction } from "./CellMenu";
import { ExcelButtons } from "./ExcelButtons";
import { COLUMNS, type GridState } from "./useGridState";

interface Props {
  year: number;
  state: GridState;
  editable: boolean;
  /** Whether versions may be seen. */
  versions: boolean;
  actions: readonly CellAction[];
  onAct: (action: CellAction) => void;
  onVersions: () => void;
}

export function GridToolbar({ year, state, editable, versions, actions, onAct, onVersions }: Props) {
  const { t } = useTranslation();
  return (
    <div className="grid-toolbar" role="toolbar" aria-label={t("goals.grid.toolbar")}>
      <Segmented<GridColumns>
        size="small"
        aria-label={t("goals.grid.columnsLabel")}
        data-testid="goal-columns"
        value={state.columns}
        onChange={state.setColumns}
        options={COLUMNS.map((value) => ({ value, label: t(`goals.grid.columns.${value}`) }))}
      />
      <Button
        size="small"
        icon={state.isAllOpen ? <ChevronsDownUp size={14} /> : <ChevronsUpDown size={14} />}
        onClick={state.isAllOpen ? state.closeAll : state.openAll}
        data-testid="goal-open-all"
      >
        {t(state.isAllOpen ? "goals.grid.closeAll" : "goals.grid.openAll")}
      </Button>
      <Input
        size="small"
        className="grid-search"
        allowClear
        prefix={<Search size={13} aria-hidden />}
        aria-label={t("goals.grid.search")}
        placeholder={t("goals.grid.search")}
        value={state.search}
        onChange={(event) => state.setSearch(event.target.value)}
        data-testid="goal-search"
      />
      <span className="grid-toolbar-space" />
      {editable && (
        <span className="grid-above">
          <span className="quiet" aria-hidden>{t("goals.grid.above.label")}</span>
          <AboveChooser label={t("goals.grid.above.label")} value={state.above} onChange={state.setAbove} />
        </span>
      )}
      <Dropdown trigger={["click"]} menu={{ items: actionItems(actions, t), onClick: ({ key }) => onAct(key as CellAction) }}>
        <Button size="small" data-testid="goal-actions">
          {t("goals.grid.actions")} <ChevronDown size={13} aria-hidden />
        </Button>
      </Dropdown>
      <ExcelButtons year={year} editable={editable} />
      {versions && (
        <Button size="small" icon={<GitCompareArrows size={14} />} onClick={onVersions} data-testid="goal-versions">
          {t("goals.grid.versions.open")}
        </Button>
      )}
    </div>
  );
}
