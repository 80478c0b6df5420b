/** What was said on the goal of a unit or person, and a field to say more. */
import { Button, Drawer, Form, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { GoalRoundRow } from "../../../backend/generated";
import { useCommand, useRead } from "../../../backend/query";
import { formatMoment } from "../../../components/format";
import { Answer } from "../../../components/Page";
import { useRights } from "../../../components/rights";
import { useSay } from "../../../i18n/say";
import { useGoalMetric } from "../metric";

export function Comments({ plan, year, row, onClose }: { plan: string; year: number; row: GoalRoundRow; onClose: () => void }) {
  const { t } = useTranslation();
  const say = useSay();
  const may = useRights();
  const [metric] = useGoalMetric();
  const list = useRead("list_goal_comments", { metric, year, unit: row.unit });
  const add = useCommand("add_goal_comment");
  const [words, setWords] = useState("");
  return (
    <Drawer open onClose={onClose} title={t("goalRound.comments.title", { name: row.name })} size={480} data-testid="round-comments">
      {may("propose_goals") && (
        <Form layout="vertical" onFinish={() => add.mutate({ plan, unit: row.unit, words }, { onSuccess: () => setWords("") })}>
          <Form.Item label={t("goalRound.comments.words")} htmlFor="round-comment" validateStatus={add.error ? "error" : ""} help={add.error && <span role="alert">{say(add.error)}</span>}>
            <Input.TextArea id="round-comment" rows={3} value={words} onChange={(event) => setWords(event.target.value)} data-testid="round-comment" />
          </Form.Item>
          <Button htmlType="submit" disabled={words.trim() === ""} loading={add.isPending} data-testid="round-comment-add">
            {t("goalRound.comments.add")}
          </Button>
        </Form>
      )}
      <Answer query={list}>
        {(comments) =>
          comments.length === 0 ? (
            <p className="quiet">{t("goalRound.comments.none")}</p>
          ) : (
            <ul className="round-comments">
              {comments.map((one) => (
                <li key={one.id}>
                  <span className="quiet">
                    {one.author} · {formatMoment(one.at)} · {t("goalRound.comments.version", { version: one.version })}
                  </span>
                  <p>{one.words}</p>
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
    </Drawer>
  );
}
