/** A personal file says whose it is and of which day; from here feedback is written and everything is sent back. */
import { Button, Form, Input, Modal } from "antd";
import { IdCard, MessageSquare, Send } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { PersonalInfo } from "../backend/generated";
import { useCommand, useRead } from "../backend/query";
import { ErrorState } from "../components/ErrorState";
import { formatCount, formatDate, formatMoment } from "../components/format";
import { useToast } from "../components/useToast";
import { useWord } from "../i18n";
import { useSay } from "../i18n/say";

export function PersonalStrip({ info }: { info: PersonalInfo }) {
  const { t } = useTranslation();
  const word = useWord();
  const toast = useToast();
  const say = useSay();
  const [writing, setWriting] = useState(false);
  const send = useCommand("send_back");
  const run = () =>
    send.mutate(
      {},
      {
        // In the strip it would stay on every page.
        onError: (error) => toast.failed(say(error)),
        // Nothing was chosen: everything stays as it is.
        onSuccess: (sent) =>
          sent && toast.done(t("frame.personal.sent", { count: sent.entries, entries: formatCount(sent.entries), file: sent.file }), 10),
      },
    );
  return (
    <div className="personal-strip" data-testid="personal-strip" role="note">
      <IdCard size={16} strokeWidth={1.75} aria-hidden />
      <span>
        {t("frame.personal.whose", { name: [info.name, info.number].filter(Boolean).join(" "), role: word("frame.role", info.role), date: formatDate(info.on) })}
      </span>
      <span className="top-bar-space" />
      <Button size="small" icon={<MessageSquare size={14} aria-hidden />} onClick={() => setWriting(true)} data-testid="feedback-open">
        {t("frame.personal.feedback")}
      </Button>
      <Button size="small" type="primary" icon={<Send size={14} aria-hidden />} loading={send.isPending} onClick={run} data-testid="send-back">
        {t("frame.personal.send")}
      </Button>
      <Feedback open={writing} onClose={() => setWriting(false)} />
    </div>
  );
}

/** As the program has it. */
const MAX_CHARS = 4000;

function Feedback({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const [form] = Form.useForm<{ words: string }>();
  const own = useRead("list_feedback", {}, { enabled: open });
  const add = useCommand("add_feedback");
  const submit = ({ words }: { words: string }) =>
    add.mutate(
      { words: words.trim() },
      {
        onSuccess: () => {
          form.resetFields();
          toast.done(t("frame.personal.feedbackDone"));
          onClose();
        },
      },
    );
  return (
    <Modal
      open={open}
      title={t("frame.personal.feedbackTitle")}
      okText={t("common.save")}
      cancelText={t("common.cancel")}
      onCancel={onClose}
      onOk={() => form.submit()}
      confirmLoading={add.isPending}
      okButtonProps={{ "data-testid": "feedback-save" } as never}
      destroyOnHidden
    >
      <p className="quiet">{t("frame.personal.feedbackText")}</p>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={submit}>
        <Form.Item
          name="words"
          label={t("frame.personal.words")}
          rules={[{ required: true, whitespace: true, max: MAX_CHARS, message: t("frame.personal.wordsRule") }]}
        >
          <Input.TextArea rows={4} maxLength={MAX_CHARS} data-testid="feedback-words" />
        </Form.Item>
      </Form>
      {add.error && <ErrorState error={add.error} />}
      {own.error && <ErrorState error={own.error} onRetry={() => void own.refetch()} />}
      <ul className="personal-feedback">
        {own.data?.map((row) => (
          <li key={row.id}>
            <span className="quiet figure">{formatMoment(row.written_at)}</span> {row.words}
          </li>
        ))}
      </ul>
    </Modal>
  );
}
