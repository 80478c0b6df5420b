/** Blocked people when a run is handed in: each is held, or nothing is handed in. */
import { Checkbox, Form } from "antd";
import { useTranslation } from "react-i18next";

import type { BonusCycle } from "../../../backend/generated";
import { blockedIn } from "./step";

interface Props {
  cycle: BonusCycle;
  hold: readonly string[];
  help: string | null;
  onHold: (hold: string[]) => void;
}

export function Hold({ cycle, hold, help, onHold }: Props) {
  const { t } = useTranslation();
  const blocked = blockedIn(cycle);
  if (blocked.length === 0) return null;
  const all = blocked.every(({ person }) => hold.includes(person));
  return (
    <Form.Item label={t("bonus.cycle.form.hold")} extra={t("bonus.cycle.form.holdText")} validateStatus={help ? "error" : ""} help={help && <span role="alert">{help}</span>}>
      <div role="group" aria-label={t("bonus.cycle.form.hold")} className="hold" data-testid="hold">
        {blocked.length > 1 && (
          <Checkbox checked={all} indeterminate={hold.length > 0 && !all} onChange={(event) => onHold(event.target.checked ? blocked.map(({ person }) => person) : [])} data-testid="hold-all">
            {t("bonus.cycle.form.holdAll")}
          </Checkbox>
        )}
        <Checkbox.Group className="hold-people" value={[...hold]} onChange={(chosen) => onHold(chosen as string[])} options={blocked.map(({ person, name }) => ({ value: person, label: name }))} />
      </div>
    </Form.Item>
  );
}
