/** A new passphrase, typed twice; the program checks it again. */
import { Button, Form, Input } from "antd";
import { useTranslation } from "react-i18next";

export interface NewPassphraseFields {
  /** What opens the store now; empty where there is nothing. */
  current?: string;
  passphrase: string;
}

/** As `check_passphrase` of the program. */
const MIN_CHARS = 8;

export function NewPassphrase(props: {
  action: string;
  pending: boolean;
  /** Asks for what opens the store now. */
  withCurrent?: boolean;
  onFinish: (fields: NewPassphraseFields) => void;
}) {
  const { t } = useTranslation();
  const [form] = Form.useForm<NewPassphraseFields & { again: string }>();
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      className="entry-form"
      onFinish={({ current, passphrase }) => props.onFinish(current === undefined ? { passphrase } : { current, passphrase })}
    >
      {props.withCurrent && (
        <Form.Item name="current" label={t("common.passphrase.current")} rules={[{ required: true, message: t("common.passphrase.needed") }]}>
          <Input.Password autoComplete="off" data-testid="passphrase-current" />
        </Form.Item>
      )}
      <Form.Item
        name="passphrase"
        label={t("common.passphrase.new")}
        extra={t("common.passphrase.hint")}
        rules={[
          {
            validator: (_, value: string | undefined) =>
              [...(value ?? "")].length >= MIN_CHARS && value?.trim() !== ""
                ? Promise.resolve()
                : Promise.reject(new Error(t("common.passphrase.short", { min: MIN_CHARS }))),
          },
        ]}
      >
        <Input.Password autoComplete="new-password" data-testid="passphrase-new" />
      </Form.Item>
      <Form.Item
        name="again"
        label={t("common.passphrase.again")}
        dependencies={["passphrase"]}
        rules={[
          ({ getFieldValue }) => ({
            validator: (_, value: string | undefined) =>
              value === getFieldValue("passphrase")
                ? Promise.resolve()
                : Promise.reject(new Error(t("common.passphrase.differ"))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" data-testid="passphrase-again" />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={props.pending} data-testid="passphrase-set">
        {props.action}
      </Button>
    </Form>
  );
}
