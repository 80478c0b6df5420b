/** Units and people of a round: goal, numbers, gap, growth, state, and what may be done. */
import { Button } from "antd";
import { ChevronDown, ChevronRight, Clock, MessageSquare } from "lucide-react";
import { useTranslation } from "react-i18next";

import type { GoalRoundRow } from "../../../backend/generated";
import { Percent } from "../../../components/figures";
import { formatDecimal, MISSING, signOf } from "../../../components/format";
import { addExact } from "../../../components/format";

export type StepAction = "propose" | "adjust" | "submit" | "sendBack";
export type RowAction = StepAction | "adopt" | "comments";

interface Props {
  label: string;
  rows: readonly GoalRoundRow[];
  symbol: string;
  canAdopt: boolean;
  onToggle: (unit: string, open: boolean) => void;
  onAction: (action: RowAction, row: GoalRoundRow) => void;
}

export function RoundTree({ label, rows, symbol, canAdopt, onToggle, onAction }: Props) {
  const { t } = useTranslation();
  if (rows.length === 0) return <p className="quiet">{t("goalRound.noRows")}</p>;
  return (
    // The box scrolls: who has no mouse scrolls it by the keys.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="round-tree" tabIndex={0} role="region" aria-label={label}>
      <table className="plain-table" aria-label={label} data-testid="round-tree">
        <thead>
          <tr>
            <th scope="col" className="round-name">{t("goalRound.column.name")}</th>
            {(["goal", "proposed", "adjusted", "number", "gap", "expected"] as const).map((key) => (
              <th key={key} scope="col" className="number" title={key === "expected" ? t("goalRound.expectedHelp") : undefined}>
                {t(`goalRound.column.${key}`, { symbol })}
              </th>
            ))}
            <th scope="col" className="number">{t("goalRound.column.growth")}</th>
            <th scope="col" className="number">{t("goalRound.column.growthExpected")}</th>
            <th scope="col">{t("goalRound.column.state")}</th>
            <th scope="col">{t("goalRound.column.actions")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.unit} data-testid={`round-row-${row.unit}`}>
              <th scope="row" className="round-name">
                <Name row={row} onToggle={onToggle} />
              </th>
              <td className="number figure">{formatDecimal(row.goal)}</td>
              <td className="number figure" title={row.proposal?.note ?? undefined}>{formatDecimal(row.proposal?.amount)}</td>
              <td className="number figure" title={row.adjustment?.reason}>{formatDecimal(row.adjustment?.amount)}</td>
              <td className="number figure">{formatDecimal(row.bottom_up)}</td>
              <td className="number"><Gap value={row.gap} /></td>
              <td className="number figure">{formatDecimal(row.expected)}</td>
              <td className="number"><Percent value={less(row.growth)} /></td>
              <td className="number"><Percent value={less(row.growth_expected)} /></td>
              <td className="round-state"><State row={row} /></td>
              <td><Actions row={row} canAdopt={canAdopt} onAction={onAction} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Goal over last year as growth: 11/10 is a tenth more. */
function less(ratio: string | null): string | null {
  return ratio === null ? null : addExact(ratio, "-1/1");
}

function Name({ row, onToggle }: { row: GoalRoundRow } & Pick<Props, "onToggle">) {
  const { t } = useTranslation();
  const Fold = row.expanded ? ChevronDown : ChevronRight;
  return (
    <span className="round-name-line" style={{ paddingInlineStart: row.depth * 18 }}>
      {row.children > 0 ? (
        <Button
          type="text"
          size="small"
          icon={<Fold size={14} aria-hidden />}
          aria-expanded={row.expanded}
          aria-label={t(row.expanded ? "goalRound.fold" : "goalRound.unfold", { name: row.name })}
          onClick={() => onToggle(row.unit, !row.expanded)}
          data-testid={`round-fold-${row.unit}`}
        />
      ) : (
        <span className="round-leaf" />
      )}
      {row.name}
      {row.staff_number !== undefined && <span className="staff">{row.staff_number}</span>}
    </span>
  );
}

/** Up and down by arrow and colour, as everywhere. */
function Gap({ value }: { value: string | null }) {
  const sign = signOf(value);
  if (value === null || sign === 0) return <span className="figure">{value === null ? MISSING : "0"}</span>;
  return (
    <span className={sign > 0 ? "figure round-up" : "figure round-down"}>
      {sign > 0 ? "↑ +" : "↓ "}
      {formatDecimal(value)}
    </span>
  );
}

function State({ row }: { row: GoalRoundRow }) {
  const { t } = useTranslation();
  const { submission } = row;
  const person = row.level === "person";
  return (
    <>
      {submission?.state === "submitted" && <span>{t("goalRound.submitted")}</span>}
      {submission?.state === "sent_back" && <span>{t("goalRound.sentBack", { reason: submission.note ?? MISSING })}</span>}
      {row.read_only && submission?.state !== "submitted" && <span className="quiet">{t("goalRound.readOnly")}</span>}
      {row.late && (
        <span className="round-down round-late">
          <Clock size={12} aria-hidden /> {t("goalRound.late")}
        </span>
      )}
      {row.missing > 0 && (
        <span className="quiet" title={row.missing_names.join(", ")}>
          {person ? t("goalRound.missingOne") : t("goalRound.missing", { count: row.missing, names: few(row.missing_names) })}
        </span>
      )}
      {row.adjustment && <span className="quiet">{row.adjustment.reason}</span>}
    </>
  );
}

function Actions({ row, canAdopt, onAction }: { row: GoalRoundRow } & Pick<Props, "canAdopt" | "onAction">) {
  const { t } = useTranslation();
  const { may } = row;
  const shown: [RowAction, boolean][] = [
    ["propose", may.propose],
    ["adjust", may.adjust],
    ["submit", may.submit],
    ["sendBack", may.send_back],
    ["adopt", canAdopt && row.bottom_up !== null],
  ];
  const name = (action: RowAction) => t("goalRound.actionOf", { action: t(`goalRound.action.${action}`), name: row.name });
  return (
    <span className="round-actions">
      {shown.filter(([, allowed]) => allowed).map(([action]) => (
        <Button key={action} size="small" aria-label={name(action)} onClick={() => onAction(action, row)} data-testid={`round-${action}-${row.unit}`}>
          {t(`goalRound.action.${action}`)}
        </Button>
      ))}
      <Button
        size="small"
        type="text"
        icon={<MessageSquare size={13} aria-hidden />}
        aria-label={`${name("comments")} (${row.comments})`}
        onClick={() => onAction("comments", row)}
        data-testid={`round-comments-${row.unit}`}
      >
        {row.comments > 0 ? row.comments : null}
      </Button>
    </span>
  );
}

/** The first names; all of them stand in the title. */
function few(names: string[]) {
  return names.length > 2 ? `${names.slice(0, 2).join(", ")} …` : names.join(", ");
}
