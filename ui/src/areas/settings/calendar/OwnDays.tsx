/** The company's own days off and worked weekends: added one by one, and taken away again. */
import { Button, DatePicker, Input, Select } from "antd";
import dayjs from "dayjs";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { DayKind, SpecialDay } from "../../../backend/generated";
import { useCommand } from "../../../backend/query";
import { ErrorState } from "../../../components/ErrorState";
import { formatCount } from "../../../components/format";
import { useChangeToast } from "../../../components/useChangeToast";

const KINDS = ["holiday", "working_day"] as const satisfies readonly DayKind[];
/** As add_holidays has it. */
const MAX_NAME_CHARS = 200;

export function OwnDays({ days, readOnly }: { days: readonly SpecialDay[]; readOnly: boolean }) {
  const { t } = useTranslation();
  const done = useChangeToast();
  const set = useCommand("add_holidays");
  const remove = (day: SpecialDay) =>
    set.mutate({ days: days.filter(({ date }) => date !== day.date), replace: true }, { onSuccess: () => done(t("calendar.removed", { day: day.date })) });
  return (
    <div className="calendar-own" data-testid="calendar-own">
      <h3>{t("calendar.own")}</h3>
      <p className="quiet">
        {t("calendar.ownContext")} {days.length === 0 ? t("calendar.ownNone") : t("calendar.ownCount", { count: days.length, days: formatCount(days.length) })}
      </p>
      {days.length > 0 && (
        // Scrolls by itself, so that it can be reached by the keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div className="calendar-table calendar-days" tabIndex={0} role="region" aria-label={t("calendar.own")}>
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">{t("calendar.day")}</th>
                <th scope="col">{t("calendar.kind")}</th>
                <th scope="col">{t("calendar.name")}</th>
                {!readOnly && <th scope="col"><span className="sr-only">{t("calendar.removeColumn")}</span></th>}
              </tr>
            </thead>
            <tbody>
              {days.map((day) => (
                <tr key={day.date}>
                  <th scope="row" className="figure">{day.date}</th>
                  <td>{t(`calendar.dayKind.${day.kind}`)}</td>
                  <td>{day.name}</td>
                  {!readOnly && (
                    <td className="number">
                      <Button size="small" type="text" icon={<X size={14} />} aria-label={t("calendar.remove", { day: day.date })} onClick={() => remove(day)} disabled={set.isPending} />
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {set.error && <ErrorState error={set.error} />}
      {!readOnly && <AddDay />}
    </div>
  );
}

function AddDay() {
  const { t } = useTranslation();
  const done = useChangeToast();
  const add = useCommand("add_holidays");
  const [date, setDate] = useState("");
  const [kind, setKind] = useState<DayKind>("holiday");
  const [name, setName] = useState("");
  const run = () =>
    add.mutate(
      { days: [{ date, kind, name: name.trim() }], replace: false },
      {
        onSuccess: () => {
          done(t("calendar.added", { day: date }));
          setDate("");
          setName("");
        },
      },
    );
  return (
    <div className="calendar-add">
      <DatePicker
        aria-label={t("calendar.day")}
        placeholder={t("calendar.day")}
        data-testid="calendar-day"
        value={date === "" ? null : dayjs(date)}
        onChange={(day) => setDate(day ? day.format("YYYY-MM-DD") : "")}
      />
      <Select<DayKind>
        aria-label={t("calendar.kind")}
        data-testid="calendar-day-kind"
        value={kind}
        options={KINDS.map((value) => ({ value, label: t(`calendar.dayKind.${value}`) }))}
        onChange={setKind}
      />
      <Input aria-label={t("calendar.name")} placeholder={t("calendar.name")} maxLength={MAX_NAME_CHARS} value={name} onChange={(event) => setName(event.target.value)} />
      <Button icon={<Plus size={14} />} disabled={date === ""} loading={add.isPending} onClick={run} data-testid="calendar-add">
        {t("calendar.add")}
      </Button>
      {add.error && <ErrorState error={add.error} onRetry={run} />}
    </div>
  );
}
