/** The door of a store that has accounts. Until somebody has come through it nothing of the company is shown. */
import { Button, Form, Input } from "antd";
import { useTranslation } from "react-i18next";

import { useSignIn } from "../backend/session";
import { ErrorState } from "../components/ErrorState";
import { Section } from "../components/Page";

interface Fields {
  name: string;
  password: string;
}

export function SignIn() {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const enter = useSignIn();
  const submit = (fields: Fields) =>
    // What was wrong is typed anew; the name stays.
    enter.mutate(fields, { onError: () => form.resetFields(["password"]) });
  return (
    <div className="sign-in">
      <Section testId="sign-in">
        <h1>{t("frame.signIn.title")}</h1>
        <p className="quiet">{t("frame.signIn.text")}</p>
        <Form<Fields> form={form} layout="vertical" requiredMark={false} onFinish={submit}>
          <Form.Item name="name" label={t("frame.signIn.name")} rules={[{ required: true, whitespace: true, message: t("frame.signIn.nameRule") }]}>
            <Input
              // The page is there to be typed into.
              // oxlint-disable-next-line jsx-a11y/no-autofocus
              autoFocus
              autoComplete="username"
              data-testid="sign-in-name"
            />
          </Form.Item>
          <Form.Item name="password" label={t("frame.signIn.password")} rules={[{ required: true, message: t("frame.signIn.passwordRule") }]}>
            <Input.Password autoComplete="current-password" data-testid="sign-in-password" />
          </Form.Item>
          {enter.error && <ErrorState error={enter.error} />}
          <Button type="primary" htmlType="submit" block loading={enter.isPending} data-testid="sign-in-submit">
            {t("frame.signIn.action")}
          </Button>
        </Form>
      </Section>
    </div>
  );
}
