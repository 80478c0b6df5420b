/** Writes the weights of a role from a day on: a running total that must be 100 %, and what is wrong beside its field. */
import { Button, DatePicker, Drawer, Form, Select } from "antd";
import dayjs from "dayjs";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { MemberRole, ScorecardInfo } from "../../../backend/generated";
import { useCommand, useRead } from "../../../backend/query";
import { ErrorState } from "../../../components/ErrorState";
import { useSay } from "../../../i18n/say";
import { useDone } from "../round/useDone";
import { useMetrics } from "./useMetrics";
import { blankRow, placeOf, rowsOf, settingsOf, totalOf, wrongsOf, type WeightRow } from "./weightDraft";
import { WeightRows } from "./WeightRows";
import { WeightTotal } from "./WeightTotal";

interface Props {
  /** The version to change; null: a new one. */
  start: ScorecardInfo | null;
  all: readonly ScorecardInfo[];
  onClose: () => void;
}

type Role = MemberRole | "everybody";
const ROLES: readonly Role[] = ["everybody", "sales", "manager"];

export function WeightsEditor({ start, all, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Drawer open onClose={onClose} title={t(start ? "scorecards.edit.change" : "scorecards.edit.new")} size={720} destroyOnHidden data-testid="weights-editor">
      <Editor start={start} all={all} onClose={onClose} />
    </Drawer>
  );
}

function Editor({ start, all, onClose }: Props) {
  const { t } = useTranslation();
  const done = useDone();
  const today = useRead("get_status", {}).data?.today ?? "2026-01-01";
  const [role, setRole] = useState<Role>(start?.role ?? (start ? "everybody" : "sales"));
  const [from, setFrom] = useState(start?.from ?? firstDay(today, all.length === 0));
  const [written, setWritten] = useState<WeightRow[] | null>(null);
  const rows = written ?? begin(start ?? newest(all, role));
  const [tried, setTried] = useState(false);
  const set = useCommand("set_scorecard");
  const wrongs = wrongsOf(rows);
  const { rest, readable } = totalOf(rows);
  const change = (next: WeightRow[]) => {
    set.reset();
    setWritten(next);
  };
  const save = () => {
    setTried(true);
    if (wrongs.size > 0 || rows.length === 0 || !readable || rest.n !== 0n) return;
    set.mutate(
      { role: role === "everybody" ? null : role, from, kpis: settingsOf(rows) },
      {
        onSuccess: () => {
          done(t("scorecards.edit.saved"));
          onClose();
        },
      },
    );
  };
  const refusal = useRefusal(set.error, rows);
  const same = all.some((one) => (one.role ?? "everybody") === role && one.from === from);
  return (
    <Form layout="vertical" onFinish={save} className="kpi-editor">
      <div className="kpi-editor-head">
        <Form.Item label={t("scorecards.edit.role")} htmlFor="weights-role" validateStatus={refusal.role ? "error" : ""} help={refusal.role ?? t("scorecards.edit.roleHelp")}>
          <Select<Role> id="weights-role" value={role} onChange={setRole} options={ROLES.map((value) => ({ value, label: t(`scorecards.roles.${value}`) }))} data-testid="weights-role" />
        </Form.Item>
        <Form.Item
          label={t("scorecards.edit.from")}
          htmlFor="weights-from"
          validateStatus={refusal.from ? "error" : ""}
          help={refusal.from ?? t(same ? "scorecards.edit.replaces" : "scorecards.edit.keeps")}
        >
          <DatePicker id="weights-from" value={dayjs(from)} allowClear={false} onChange={(day) => day && setFrom(day.format("YYYY-MM-DD"))} />
        </Form.Item>
      </div>
      <WeightRows rows={rows} wrongs={tried ? wrongs : new Map()} refusal={refusal.row} onChange={change} />
      <Button icon={<Plus size={14} aria-hidden />} onClick={() => change([...rows, blankRow(rows)])} data-testid="weights-add-row">
        {t("scorecards.edit.add")}
      </Button>
      <WeightTotal rows={rows} wrong={refusal.total ?? (tried && rows.length === 0 ? t("scorecards.edit.wrong.none") : null)} tried={tried} onChange={change} />
      {refusal.other !== null && <ErrorState error={refusal.other} onRetry={save} />}
      <Button type="primary" htmlType="submit" loading={set.isPending} data-testid="weights-save">
        {t("scorecards.edit.save")}
      </Button>
    </Form>
  );
}

/** A new version mostly changes the one before it. */
function newest(all: readonly ScorecardInfo[], role: Role): ScorecardInfo | null {
  const own = all.filter((one) => (one.role ?? "everybody") === role);
  return own.toSorted((a, b) => a.from.localeCompare(b.from)).at(-1) ?? null;
}

function begin(version: ScorecardInfo | null): WeightRow[] {
  return version ? rowsOf(version.kpis) : [blankRow([])];
}

/** The first weights count for the whole year; later ones from the next month on. */
function firstDay(today: string, first: boolean): string {
  return first ? `${today.slice(0, 4)}-01-01` : dayjs(today).add(1, "month").startOf("month").format("YYYY-MM-DD");
}

/** What the program refused, in words, by the field that it belongs to. */
function useRefusal(error: Parameters<typeof placeOf>[0] | null, rows: readonly WeightRow[]) {
  const say = useSay();
  const { nameOf } = useMetrics();
  const none = { row: null, total: null, from: null, role: null, other: null };
  if (!error) return none;
  const place = placeOf(error, rows);
  const named = Object.fromEntries(Object.entries(error.params).map(([key, value]) => [key, key === "kpi" || key === "metric" ? nameOf(value ?? "") : value]));
  const said = say({ code: error.code, params: named });
  if (place === null) return { ...none, other: error };
  const words = <span role="alert">{said}</span>;
  return typeof place === "string" ? { ...none, [place]: words } : { ...none, row: { ...place, said } };
}
