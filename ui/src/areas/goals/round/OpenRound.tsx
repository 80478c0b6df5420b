/** The days of a round: to open one, or to change those of the one under way. */
import { Button, DatePicker, Form } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useCommand, useRead } from "../../../backend/query";
import type { GoalRoundInfo } from "../../../backend/generated";
import { Section } from "../../../components/Page";
import { useSay } from "../../../i18n/say";
import { useDone } from "./useDone";
import { useGoalMetric } from "../metric";

export function OpenRound({ year }: { year: number }) {
  const { t } = useTranslation();
  const [metric] = useGoalMetric();
  const open = useCommand("open_goal_round");
  const done = useDone();
  return (
    <Section title={t("goalRound.open")} testId="round-open">
      <Days
        button={t("goalRound.open")}
        pending={open.isPending}
        error={open.error}
        onSave={(days) => open.mutate({ metric, year, ...days }, { onSuccess: () => done(t("goalRound.opened")) })}
      />
    </Section>
  );
}

export function ChangeDays({ info, onClose }: { info: GoalRoundInfo; onClose: () => void }) {
  const { t } = useTranslation();
  const set = useCommand("set_goal_round_days");
  const done = useDone();
  const saved = () => {
    done(t("goalRound.daysSet"));
    onClose();
  };
  return (
    <Days
      start={info}
      button={t("common.save")}
      pending={set.isPending}
      error={set.error}
      onSave={(days) => set.mutate({ round: info.id, ...days }, { onSuccess: saved })}
    />
  );
}

interface DaysOf {
  people_due: string;
  managers_due: string;
}

interface Props {
  start?: DaysOf;
  button: string;
  pending: boolean;
  error: { code: string; params: Record<string, string> } | null;
  onSave: (days: DaysOf) => void;
}

/** Two weeks for people and one more for managers, until other days are chosen. */
function Days({ start, button, pending, error, onSave }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const today = useRead("get_status", {}).data?.today;
  const [people, setPeople] = useState(start?.people_due ?? null);
  const [managers, setManagers] = useState(start?.managers_due ?? null);
  const after = (days: number) => dayjs(today).add(days, "day").format("YYYY-MM-DD");
  const days = { people_due: people ?? after(14), managers_due: managers ?? after(21) };
  return (
    <Form layout="inline" className="round-days" onFinish={() => onSave(days)}>
      <Form.Item label={t("goalRound.peopleDue")} htmlFor="round-people-due">
        <DatePicker id="round-people-due" value={dayjs(days.people_due)} allowClear={false} onChange={(day) => day && setPeople(day.format("YYYY-MM-DD"))} />
      </Form.Item>
      <Form.Item
        label={t("goalRound.managersDue")}
        htmlFor="round-managers-due"
        validateStatus={error ? "error" : ""}
        help={error && <span role="alert">{say(error)}</span>}
      >
        <DatePicker id="round-managers-due" value={dayjs(days.managers_due)} allowClear={false} onChange={(day) => day && setManagers(day.format("YYYY-MM-DD"))} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={pending} data-testid="round-days-save">
        {button}
      </Button>
    </Form>
  );
}
