/** A person's objectives: names, weights that total 100 %, results; copied from another person or period. */
import { Button, Drawer, Input, Select, Spin } from "antd";
import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { ObjectiveRow, PersonObjectives } from "../../../backend/generated";
import { useCommand } from "../../../backend/query";
import { ErrorState } from "../../../components/ErrorState";
import { formatMoment } from "../../../components/format";
import { periodLabel } from "../../../components/period";
import { useChangeToast } from "../../../components/useChangeToast";
import { useLanguage } from "../../../i18n";
import { shareOf, totalOf } from "./weights";

interface Props {
  own: PersonObjectives;
  period: string;
  periods: readonly string[];
  others: readonly PersonObjectives[];
  mayEdit: boolean;
  onClose: () => void;
}

interface Row {
  key: string;
  id: string | null;
  name: string;
  weight: string;
}

const rowsOf = (objectives: readonly ObjectiveRow[]): Row[] => objectives.map(({ id, name, weight }) => ({ key: id, id, name, weight }));

export function ObjectivesDrawer({ own, period, periods, others, mayEdit, onClose }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const saved = useChangeToast();
  const set = useCommand("set_objectives");
  const judge = useCommand("judge_objective");
  // Null: as they are kept.
  const [draft, setDraft] = useState<Row[] | null>(null);
  const rows = draft ?? rowsOf(own.objectives);
  const total = totalOf(rows.map(({ weight }) => weight));
  const fits = rows.every(({ name }) => name.trim() !== "") && (rows.length === 0 || total?.whole === true);
  const change = (key: string, part: Partial<Row>) => setDraft(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
  /** A refusal is of what was last tried, and goes with it. */
  const forgetRefusals = () => {
    set.reset();
    judge.reset();
  };
  const save = () => {
    judge.reset();
    set.mutate(
      { person: own.person, period, objectives: rows.map(({ id, name, weight }) => ({ ...(id ? { id } : {}), name: name.trim(), weight: weight.trim() })) },
      {
        onSuccess: () => {
          setDraft(null);
          saved(t("bonusObjectives.saved", { name: own.name }));
        },
      },
    );
  };
  const judged = (row: ObjectiveRow, text: string) => {
    const result = text.trim();
    if (result === (row.result ?? "")) return;
    set.reset();
    judge.mutate({ objective: row.id, ...(result === "" ? {} : { result }) }, { onSuccess: () => saved(t("bonusObjectives.judged", { name: row.name })) });
  };
  const failed = set.error ?? judge.error;
  return (
    <Drawer open onClose={onClose} size={560} title={`${own.name} · ${periodLabel(period, t, language)}`} rootClassName="objectives-drawer" data-testid="objectives-drawer">
      {own.approved && <p className="notes">{t("bonusObjectives.approved")}</p>}
      {own.unpaid && own.objectives.length > 0 && <p className="notes notes-warning">{t("bonusObjectives.unpaid")}</p>}
      <ul className="objective-rows">
        <li className="objective-row objective-heads" aria-hidden>
          <span>{t("bonusObjectives.name")}</span>
          <span>{t("bonusObjectives.weight")}</span>
          <span>{t("bonusObjectives.result")}</span>
        </li>
        {rows.map((row, at) => (
          <ObjectiveLine
            key={row.key}
            row={row}
            at={at}
            kept={own.objectives.find(({ id }) => id === row.id) ?? null}
            mayEdit={mayEdit}
            mayJudge={mayEdit && draft === null}
            judging={judge.isPending && judge.variables.objective === row.id}
            onChange={(part) => change(row.key, part)}
            onRemove={() => setDraft(rows.filter(({ key }) => key !== row.key))}
            onJudge={judged}
          />
        ))}
      </ul>
      <div className="objective-total">
        {mayEdit && (
          <Button size="small" icon={<Plus size={14} />} data-testid="objective-add" onClick={() => setDraft([...rows, { key: `new-${rows.length}-${Date.now()}`, id: null, name: "", weight: "" }])}>
            {t("bonusObjectives.add")}
          </Button>
        )}
        <span role="status" data-testid="objectives-total">
          {rows.length > 0 && (total === null ? t("bonusObjectives.noShare") : <>{t("bonusObjectives.total")} <strong>{total.text}</strong>{!total.whole && ` ${t("bonusObjectives.notWhole")}`}</>)}
        </span>
      </div>
      {draft !== null && mayEdit && (
        <div className="drawer-actions">
          <Button onClick={() => { setDraft(null); forgetRefusals(); }} data-testid="objectives-discard">{t("bonus.plan.discard")}</Button>
          <Button type="primary" disabled={!fits} loading={set.isPending} onClick={save} data-testid="objectives-save">
            {t("common.save")}
          </Button>
        </div>
      )}
      {failed && <ErrorState error={failed} />}
      {mayEdit && own.objectives.length === 0 && draft === null && <CopyFrom own={own} period={period} periods={periods} others={others} />}
    </Drawer>
  );
}

function ObjectiveLine(props: {
  row: Row;
  at: number;
  kept: ObjectiveRow | null;
  mayEdit: boolean;
  mayJudge: boolean;
  /** Its result is on the way. */
  judging: boolean;
  onChange: (part: Partial<Row>) => void;
  onRemove: () => void;
  onJudge: (row: ObjectiveRow, text: string) => void;
}) {
  const { row, at, kept, mayEdit, mayJudge, judging, onChange, onRemove, onJudge } = props;
  const { t } = useTranslation();
  const wrong = row.weight !== "" && shareOf(row.weight) === null;
  return (
    <li className="objective-row">
      <Input aria-label={t("bonusObjectives.name")} value={row.name} disabled={!mayEdit} maxLength={200} data-testid={`objective-${at}-name`} onChange={(event) => onChange({ name: event.target.value })} />
      <Input aria-label={t("bonusObjectives.weight")} aria-invalid={wrong} {...(wrong ? { status: "error" as const } : {})} value={row.weight} disabled={!mayEdit} placeholder="40%" data-testid={`objective-${at}-weight`} onChange={(event) => onChange({ weight: event.target.value })} />
      <Input
        key={kept?.result ?? ""}
        aria-label={t("bonusObjectives.result")}
        defaultValue={kept?.result ?? ""}
        // What is not kept yet cannot be judged.
        disabled={!mayJudge || kept === null || judging}
        // Always there: a field that gets one loses its focus.
        suffix={judging ? <Spin size="small" /> : <span />}
        placeholder="80%"
        data-testid={`objective-${at}-result`}
        onBlur={(event) => kept && onJudge(kept, event.target.value)}
        onPressEnter={(event) => event.currentTarget.blur()}
      />
      {mayEdit && <Button type="text" aria-label={t("bonusObjectives.remove", { name: row.name })} icon={<Trash2 size={14} />} onClick={onRemove} data-testid={`objective-${at}-remove`} />}
      {kept && <span className="quiet objective-by">{t("bonusObjectives.by", { author: kept.author, at: formatMoment(kept.at) })}</span>}
    </li>
  );
}

/** From another person of this period, or from the same person of another one. */
function CopyFrom({ own, period, periods, others }: Pick<Props, "own" | "period" | "periods" | "others">) {
  const { t } = useTranslation();
  const language = useLanguage();
  const saved = useChangeToast();
  const copy = useCommand("copy_objectives");
  const [person, setPerson] = useState(own.person);
  const [from, setFrom] = useState(period);
  const people = others.map((one) => ({ value: one.person, label: [one.name, one.staff_number].filter(Boolean).join(" ") }));
  return (
    <>
      <div className="objective-copy">
        <label>
          {t("bonusObjectives.copyPerson")}
          <Select value={person} options={people} onChange={setPerson} showSearch={{ optionFilterProp: "label" }} data-testid="copy-person" />
        </label>
        <label>
          {t("bonusObjectives.copyPeriod")}
          <Select value={from} options={periods.map((value) => ({ value, label: periodLabel(value, t, language) }))} onChange={setFrom} data-testid="copy-period" />
        </label>
        <Button
          disabled={person === own.person && from === period}
          loading={copy.isPending}
          data-testid="copy-objectives"
          onClick={() =>
            copy.mutate({ from_person: person, from_period: from, people: [own.person], period }, { onSuccess: () => saved(t("bonusObjectives.copied", { name: own.name })) })
          }
        >
          {t("bonusObjectives.copy")}
        </Button>
      </div>
      {copy.error && <ErrorState error={copy.error} />}
    </>
  );
}
