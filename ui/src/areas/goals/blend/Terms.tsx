/** What is special about people in the year: part time, leave, limits of their own. Chosen by name or staff number. */
import { Button, DatePicker, Input, Select } from "antd";
import dayjs from "dayjs";
import { Plus, X } from "lucide-react";
import { useTranslation } from "react-i18next";

import type { Weighed } from "../weights";
import { NO_TERMS, type BlendDraft, type Leave, type TermsDraft } from "./draft";
import { Wrongs } from "./Field";

interface Props {
  people: readonly Weighed[];
  year: number;
  terms: BlendDraft["people"];
  onChange: (terms: BlendDraft["people"]) => void;
}

export function Terms({ people, year, terms, onChange }: Props) {
  const { t } = useTranslation();
  const chosen = people.filter(({ id }) => terms[id]);
  const add = (id: string) => onChange({ ...terms, [id]: NO_TERMS });
  const remove = (id: string) => onChange(Object.fromEntries(Object.entries(terms).filter(([other]) => other !== id)));
  return (
    <fieldset className="blend-group" data-testid="blend-people">
      <legend>{t("goalBlend.people")}</legend>
      <p className="quiet">{t("goalBlend.peopleHelp")}</p>
      {chosen.map((person) => (
        <Person
          key={person.id}
          person={person}
          year={year}
          terms={terms[person.id] ?? NO_TERMS}
          onChange={(change) => onChange({ ...terms, [person.id]: { ...(terms[person.id] ?? NO_TERMS), ...change } })}
          onRemove={() => remove(person.id)}
        />
      ))}
      <Select<string>
        aria-label={t("goalBlend.addPerson")}
        data-testid="blend-add-person"
        className="blend-add-person"
        placeholder={t("goalBlend.addPerson")}
        value={null}
        showSearch={{ optionFilterProp: "label" }}
        onChange={add}
        options={people.filter(({ id }) => !terms[id]).map((person) => ({ value: person.id, label: labelOf(person) }))}
      />
      <Wrongs field="people" />
    </fieldset>
  );
}

function labelOf({ name, staffNumber, team }: Weighed): string {
  return [name, staffNumber, team].filter(Boolean).join(" · ");
}

interface PersonProps {
  person: Weighed;
  year: number;
  terms: TermsDraft;
  onChange: (change: Partial<TermsDraft>) => void;
  onRemove: () => void;
}

function Person({ person, year, terms, onChange, onRemove }: PersonProps) {
  const { t } = useTranslation();
  const percent = (name: "partTime" | "cap" | "floor") => (
    <label className="blend-inline">
      {t(`goalBlend.term.${name}`)}
      <Input
        size="small"
        className="figure blend-small"
        suffix="%"
        inputMode="decimal"
        autoComplete="off"
        data-testid={`term-${name}-${person.id}`}
        value={terms[name]}
        onChange={(event) => onChange({ [name]: event.target.value })}
      />
    </label>
  );
  const change = (at: number, leave: Partial<Leave>) => onChange({ leave: terms.leave.map((other, place) => (place === at ? { ...other, ...leave } : other)) });
  return (
    <div className="blend-person" role="group" aria-label={labelOf(person)} data-testid={`terms-${person.id}`}>
      <div className="blend-person-line">
        <strong>{person.name}</strong>
        <span className="quiet">{[person.staffNumber, person.team].filter(Boolean).join(" · ")}</span>
        {percent("partTime")}
        {percent("cap")}
        {percent("floor")}
        <Button size="small" icon={<Plus size={14} />} onClick={() => onChange({ leave: [...terms.leave, { from: "", last: "" }] })} data-testid={`term-leave-${person.id}`}>
          {t("goalBlend.addLeave")}
        </Button>
        <Button size="small" type="text" icon={<X size={14} />} aria-label={t("goalBlend.removePerson", { name: person.name })} onClick={onRemove} />
      </div>
      {terms.leave.map((leave, at) => (
        // oxlint-disable-next-line react/no-array-index-key
        <div className="blend-person-line" key={at}>
          <span className="quiet">{t("goalBlend.leave")}</span>
          <Day label={t("goalBlend.leaveFrom")} year={year} value={leave.from} onChange={(from) => change(at, { from })} />
          <span aria-hidden>–</span>
          <Day label={t("goalBlend.leaveTo")} year={year} value={leave.last} onChange={(last) => change(at, { last })} />
          <Button size="small" type="text" icon={<X size={14} />} aria-label={t("goalBlend.removeLeave")} onClick={() => onChange({ leave: terms.leave.filter((_, place) => place !== at) })} />
        </div>
      ))}
    </div>
  );
}

function Day({ label, year, value, onChange }: { label: string; year: number; value: string; onChange: (day: string) => void }) {
  return (
    <DatePicker
      size="small"
      aria-label={label}
      placeholder={label}
      value={value === "" ? null : dayjs(value)}
      defaultPickerValue={dayjs(`${year}-01-01`)}
      onChange={(day) => onChange(day ? day.format("YYYY-MM-DD") : "")}
    />
  );
}
