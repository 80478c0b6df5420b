/** The aim of the company that the year's goal serves; HR writes it in place. */
import { Button, Input, type InputRef } from "antd";
import { Pencil } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { useCommand, useRead } from "../../../backend/query";
import { ErrorState } from "../../../components/ErrorState";
import { Answer } from "../../../components/Page";
import { useRights } from "../../../components/rights";
import { useChangeToast } from "../../../components/useChangeToast";
import { useGoalMetric } from "../metric";

/** As SetGoalAim has it. */
const MAX_AIM_CHARS = 200;

export function Aim({ year }: { year: number }) {
  const { t } = useTranslation();
  const may = useRights();
  const [metric] = useGoalMetric();
  const aim = useRead("get_goal_aim", { metric, year });
  const [editing, setEditing] = useState(false);
  return (
    <Answer query={aim}>
      {({ aim: text }) =>
        editing ? (
          <Editor year={year} initial={text} onClose={() => setEditing(false)} />
        ) : (
          <p className="goal-aim" data-testid="goal-aim">
            <span className="quiet">{t("goalProgress.aim")}</span> {text || <span className="quiet">{t("goalProgress.noAim")}</span>}
            {may("set_goals") && (
              <Button size="small" type="text" icon={<Pencil size={13} />} onClick={() => setEditing(true)} data-testid="aim-edit">
                {t("goalProgress.aimEdit")}
              </Button>
            )}
          </p>
        )
      }
    </Answer>
  );
}

function Editor({ year, initial, onClose }: { year: number; initial: string; onClose: () => void }) {
  const { t } = useTranslation();
  const done = useChangeToast();
  const [metric] = useGoalMetric();
  const [text, setText] = useState(initial);
  const set = useCommand("set_goal_aim");
  const field = useRef<InputRef>(null);
  // Whoever asked to write goes on writing.
  useEffect(() => field.current?.focus(), []);
  const save = () =>
    set.mutate(
      { metric, year, aim: text.trim() },
      {
        onSuccess: () => {
          done(t("goalProgress.aimSaved"));
          onClose();
        },
      },
    );
  return (
    <div className="goal-aim-edit">
      <Input
        ref={field}
        aria-label={t("goalProgress.aim")}
        data-testid="aim-text"
        maxLength={MAX_AIM_CHARS}
        showCount
        value={text}
        placeholder={t("goalProgress.aimExample")}
        onChange={(event) => setText(event.target.value)}
        onPressEnter={save}
        onKeyDown={(event) => event.key === "Escape" && onClose()}
      />
      <Button type="primary" onClick={save} loading={set.isPending} data-testid="aim-save">
        {t("common.save")}
      </Button>
      <Button onClick={onClose}>{t("common.cancel")}</Button>
      {set.error && <ErrorState error={set.error} onRetry={save} />}
    </div>
  );
}
