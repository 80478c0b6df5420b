/** People and plans: who is under which plan, since when, with which target bonus. */
import { Button, DatePicker } from "antd";
import dayjs from "dayjs";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { PlanAssignmentRow } from "../../../backend/generated";
import { useRead } from "../../../backend/query";
import { Answer, Page, Section } from "../../../components/Page";
import { useRights } from "../../../components/rights";
import { useScope } from "../../../components/scope";
import { BonusNav } from "../BonusNav";
import { AssignDrawer } from "./AssignDrawer";
import { AssignmentTable } from "./AssignmentTable";
import { PeopleTable } from "./PeopleTable";
import { dayAfter, lastOf } from "./days";
import "../bonus.css";
import "./people.css";

/** What is open in the drawer: a new assignment for the chosen people, or one that is there. */
type Open = { people: readonly string[] } | { assignment: PlanAssignmentRow };

export default function PeoplePage() {
  const { t } = useTranslation();
  const mayEdit = useRights()("edit_bonus_plan");
  const { unit } = useScope();
  const [days, setDays] = useState<{ from: string; to: string } | null>(null);
  const list = useRead("list_plan_people", { ...days, ...(unit ? { unit } : {}) });
  const [open, setOpen] = useState<Open | null>(null);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const shown = list.data;
  return (
    <div className="plan-people-page">
    <Page
      title={t("bonus.title")}
      context={t("bonusPeople.context")}
      actions={
        <>
          {shown && (
            <DatePicker.RangePicker
              aria-label={t("bonusPeople.days")}
              data-testid="people-days"
              allowClear={false}
              value={[dayjs(shown.from), dayjs(lastOf(shown.to))]}
              onChange={(range) => {
                const [from, last] = range ?? [];
                if (from && last) setDays({ from: from.format("YYYY-MM-DD"), to: dayAfter(last.format("YYYY-MM-DD")) });
              }}
            />
          )}
          {mayEdit && (
            <Button type="primary" icon={<UserPlus size={15} />} onClick={() => setOpen({ people: [...selected] })} data-testid="assign">
              {selected.size > 0 ? t("bonusPeople.assignChosen", { people: selected.size }) : t("bonusPeople.assign")}
            </Button>
          )}
        </>
      }
    >
      <BonusNav />
      <Answer query={list}>
        {(data) => (
          <>
            <Section title={t("bonusPeople.assignments.title")} context={t("bonusPeople.assignments.context")} testId="assignments">
              <AssignmentTable rows={data.assignments} {...(mayEdit ? { onOpen: (assignment: PlanAssignmentRow) => setOpen({ assignment }) } : {})} />
            </Section>
            <Section title={t("bonusPeople.people.title")} context={t("bonusPeople.people.context")} testId="plan-people">
              <PeopleTable rows={data.people} selected={selected} onSelect={mayEdit ? setSelected : null} />
            </Section>
          </>
        )}
      </Answer>
      {open && (
        <AssignDrawer
          key={"assignment" in open ? open.assignment.id : "new"}
          assignment={"assignment" in open ? open.assignment : null}
          people={"people" in open ? open.people : []}
          onClose={() => setOpen(null)}
          onDone={() => {
            setOpen(null);
            setSelected(new Set());
          }}
        />
      )}
    </Page>
    </div>
  );
}
