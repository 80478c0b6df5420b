/** The company's calendar: how its years are cut, which days are worked, and a year of it. */
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useRead } from "../../../backend/query";
import { Answer, Section } from "../../../components/Page";
import { useRights } from "../../../components/rights";
import { HolidayImport } from "./HolidayImport";
import { OwnDays } from "./OwnDays";
import { PeriodTable } from "./PeriodTable";
import { RuleForm } from "./RuleForm";
import "../../../components/area.css";
import "./calendar.css";

export function Calendar() {
  const { t } = useTranslation();
  const may = useRights()("edit_company");
  /** Null is the year of today. */
  const [year, setYear] = useState<number | null>(null);
  const calendar = useRead("get_calendar", { year });
  return (
    <Section title={t("settings.calendar.title")} context={t("calendar.context")} testId="calendar">
      <Answer query={calendar}>
        {(view) => (
          <div className="calendar-parts">
            <RuleForm key={JSON.stringify([view.rule, view.holidays])} rule={view.rule} holidays={view.holidays} readOnly={!may} />
            <PeriodTable view={view} onYear={setYear} />
            <OwnDays days={view.days} readOnly={!may} />
            {may && <HolidayImport />}
          </div>
        )}
      </Answer>
    </Section>
  );
}
