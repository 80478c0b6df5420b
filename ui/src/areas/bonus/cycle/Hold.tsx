/** Whose pay waits when a run is handed in: blocked people each, or nothing is handed in; others with a reason. */
import { Checkbox, Form, Select } from "antd";
import { useTranslation } from "react-i18next";

import type { BonusCycle } from "../../../backend/generated";
import { useRead } from "../../../backend/query";
import { blockedIn } from "./step";

interface Props {
  cycle: BonusCycle;
  hold: readonly string[];
  help: string | null;
  onHold: (hold: string[]) => void;
}

export function Hold({ cycle, hold, help, onHold }: Props) {
  const { t } = useTranslation();
  const statements = useRead("get_bonus_run", { period: cycle.period, plan: cycle.plan }).data?.statements ?? [];
  const blocked = blockedIn(cycle);
  const known = new Set(blocked.map(({ person }) => person));
  const [ofBlocked, others] = [hold.filter((person) => known.has(person)), hold.filter((person) => !known.has(person))];
  const all = ofBlocked.length === blocked.length;
  return (
    <>
      {blocked.length > 0 && (
        <Form.Item label={t("bonus.cycle.form.hold")} extra={t("bonus.cycle.form.holdText")} validateStatus={help ? "error" : ""} help={help && <span role="alert">{help}</span>}>
          <div role="group" aria-label={t("bonus.cycle.form.hold")} className="hold" data-testid="hold">
            {blocked.length > 1 && (
              <Checkbox
                checked={all}
                indeterminate={ofBlocked.length > 0 && !all}
                onChange={(event) => onHold([...(event.target.checked ? known : []), ...others])}
                data-testid="hold-all"
              >
                {t("bonus.cycle.form.holdAll")}
              </Checkbox>
            )}
            <Checkbox.Group
              className="hold-people"
              value={ofBlocked}
              onChange={(chosen) => onHold([...(chosen as string[]), ...others])}
              options={blocked.map(({ person, name }) => ({ value: person, label: name }))}
            />
          </div>
        </Form.Item>
      )}
      <Form.Item label={t(blocked.length > 0 ? "bonus.cycle.form.holdOthers" : "bonus.cycle.form.holdPeople")} htmlFor="hold-others">
        <Select
          id="hold-others"
          mode="multiple"
          value={others}
          onChange={(chosen: string[]) => onHold([...ofBlocked, ...chosen])}
          placeholder={t("bonus.cycle.form.nobody")}
          showSearch={{ optionFilterProp: "label" }}
          options={statements.filter(({ person }) => !known.has(person)).map(({ person, name, staff_number }) => ({ value: person, label: [name, staff_number].filter(Boolean).join(" · ") }))}
        />
      </Form.Item>
    </>
  );
}
