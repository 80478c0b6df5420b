/** What happens to the sums above a changed number. */
import { Select } from "antd";
import { useTranslation } from "react-i18next";

import type { GoalAbove } from "../../../backend/generated";

const CHOICES: readonly GoalAbove[] = ["grow", "units", "periods"];

interface Props {
  id?: string;
  label?: string;
  value: GoalAbove;
  without?: GoalAbove;
  onChange: (above: GoalAbove) => void;
}

export function AboveChooser({ id, label, value, without, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <Select
      {...(id !== undefined && { id })}
      {...(label !== undefined && { "aria-label": label })}
      data-testid="goal-above"
      // Among the small tools of the table; of a form's size in a form.
      size={label === undefined ? "medium" : "small"}
      value={value}
      onChange={onChange}
      popupMatchSelectWidth={false}
      options={CHOICES.filter((choice) => choice !== without).map((choice) => ({ value: choice, label: t(`goals.grid.above.${choice}`) }))}
    />
  );
}
