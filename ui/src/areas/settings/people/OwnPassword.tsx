/** Changes one's own password. */
import { Button, Form, Input } from "antd";
import { useTranslation } from "react-i18next";

import { useCommand } from "../../../backend/query";
import { ErrorState } from "../../../components/ErrorState";
import { Section } from "../../../components/Page";
import { useToast } from "../../../components/useToast";
import { passwordRule } from "./passwordRule";

interface Fields {
  old: string;
  new: string;
}

export function OwnPassword() {
  const { t } = useTranslation();
  const toast = useToast();
  const [form] = Form.useForm<Fields>();
  const change = useCommand("change_password");
  const submit = (fields: Fields) =>
    change.mutate(fields, {
      onSuccess: () => {
        form.resetFields();
        toast.done(t("settings.password.done"));
      },
    });
  return (
    <Section title={t("settings.password.title")} testId="own-password">
      <Form<Fields> form={form} layout="vertical" requiredMark={false} onFinish={submit} className="settings-form">
        <Form.Item name="old" label={t("settings.password.old")} rules={[{ required: true, message: t("settings.password.oldRule") }]}>
          <Input.Password autoComplete="current-password" data-testid="password-old" />
        </Form.Item>
        <Form.Item name="new" label={t("settings.people.newPassword")} rules={[passwordRule(t)]}>
          <Input.Password autoComplete="new-password" data-testid="password-new" />
        </Form.Item>
        <Button htmlType="submit" loading={change.isPending} data-testid="password-save">
          {t("settings.password.action")}
        </Button>
      </Form>
      {change.error && <ErrorState error={change.error} />}
    </Section>
  );
}
