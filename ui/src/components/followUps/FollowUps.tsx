/** Interactions and next steps of a deal, newest first, and two short forms for whoever may enter them. */
import { Button, DatePicker, Form, Input, Segmented, Select, Tag } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { FollowUps as Answered } from "../../backend/generated";
import { useCommand, useRead } from "../../backend/query";
import { useWord } from "../../i18n";
import { ErrorState } from "../ErrorState";
import { formatDate } from "../format";
import { Answer, EmptyState } from "../Page";
import { useRights } from "../rights";
import { useToast } from "../useToast";
import "./followUps.css";

const KINDS = ["visit", "call", "meeting", "message"] as const;
/** As the program has it. */
const MAX_CHARS = 4000;

export function FollowUps({ deal }: { deal: string }) {
  const { t } = useTranslation();
  const word = useWord();
  const query = useRead("list_follow_ups", { opportunity: deal });
  const me = useRead("get_status", {}).data?.signed_in;
  const may = useRights();
  return (
    <Answer query={query}>
      {(found) => (
        <section className="follow-ups" data-testid="follow-ups">
          <p className="history-subject">
            <strong>{found.deal}</strong> <span className="quiet">{found.customer ?? t("records.noCustomer")}</span>
          </p>
          {may("enter_follow_ups") && me?.person && <Entry found={found} />}
          {found.lines.length === 0 && <EmptyState title={t("records.followUps.empty")} />}
          <ol className="follow-up-list">
            {found.lines.map((line) => (
              <li key={line.id}>
                <span className="figure quiet">{line.day ? formatDate(line.day) : t("records.followUps.noDay")}</span>
                <Tag>{word("records.followUps.kind", line.kind)}</Tag>
                <span className="quiet">{line.person}</span>
                <p>{line.words}</p>
              </li>
            ))}
          </ol>
        </section>
      )}
    </Answer>
  );
}

interface Fields {
  kind: (typeof KINDS)[number];
  day: Dayjs | null;
  words: string;
}

function Entry({ found }: { found: Answered }) {
  const { t } = useTranslation();
  const word = useWord();
  const toast = useToast();
  const [form] = Form.useForm<Fields>();
  const [next, setNext] = useState(found.customer === null);
  const interaction = useCommand("add_interaction");
  const step = useCommand("add_next_step");
  const error = next ? step.error : interaction.error;
  const submit = ({ kind, day, words }: Fields) => {
    const on = day?.format("YYYY-MM-DD") ?? null;
    const done = {
      onSuccess: () => {
        form.resetFields();
        toast.done(t("records.followUps.done"));
      },
    };
    if (next) step.mutate({ opportunity: found.opportunity, step: words.trim(), due_on: on }, done);
    else interaction.mutate({ opportunity: found.opportunity, kind, on: on ?? dayjs().format("YYYY-MM-DD"), note: words.trim() }, done);
  };
  return (
    <Form<Fields>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ kind: "call", day: next ? null : dayjs() }}
      onFinish={submit}
      className="follow-up-form"
    >
      <Segmented
        value={next ? "next" : "done"}
        onChange={(value) => {
          setNext(value === "next");
          form.setFieldValue("day", value === "next" ? null : dayjs());
        }}
        options={[
          { value: "done", label: t("records.followUps.interaction"), disabled: found.customer === null },
          { value: "next", label: t("records.followUps.kind.next_step") },
        ]}
      />
      <div className="follow-up-row">
        {!next && (
          <Form.Item name="kind" label={t("records.followUps.how")}>
            <Select data-testid="follow-up-kind" options={KINDS.map((value) => ({ value, label: word("records.followUps.kind", value) }))} />
          </Form.Item>
        )}
        <Form.Item
          name="day"
          label={t(next ? "records.followUps.due" : "records.followUps.on")}
          rules={next ? [] : [{ required: true, message: t("records.followUps.dayRule") }]}
        >
          <DatePicker data-testid="follow-up-day" />
        </Form.Item>
      </div>
      <Form.Item
        name="words"
        label={t("records.followUps.words")}
        rules={[{ required: true, whitespace: true, max: MAX_CHARS, message: t("records.followUps.wordsRule") }]}
      >
        <Input.TextArea rows={3} maxLength={MAX_CHARS} data-testid="follow-up-words" />
      </Form.Item>
      {error && <ErrorState error={error} />}
      <Button type="primary" htmlType="submit" loading={interaction.isPending || step.isPending} data-testid="follow-up-save">
        {t("common.save")}
      </Button>
    </Form>
  );
}
