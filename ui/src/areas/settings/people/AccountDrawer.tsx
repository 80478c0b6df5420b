/** Makes an account, changes its role, or gives it a new password. */
import { Button, Drawer, Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";

import type { AccountRow, AccountRole } from "../../../backend/generated";
import { useCommand } from "../../../backend/query";
import { ErrorState } from "../../../components/ErrorState";
import { useToast } from "../../../components/useToast";
import { useWord } from "../../../i18n";
import { passwordRule } from "./passwordRule";
import { usePeople } from "./usePeople";

export type Task = { kind: "add" } | { kind: "role" | "password"; account: AccountRow };

const ROLES: readonly AccountRole[] = ["hr", "manager", "sales", "auditor"];
/** As AddAccount has it. */
const MAX_NAME_CHARS = 64;

interface Fields {
  name: string;
  role: AccountRole;
  person: string | undefined;
  password: string;
}

export function AccountDrawer(props: { task: Task | null; first: boolean; onClose: () => void }) {
  const { task, first, onClose } = props;
  const { t } = useTranslation();
  const title = task && (task.kind === "add" ? t("settings.people.add") : t(`settings.people.title_${task.kind}`, { name: task.account.name }));
  return (
    <Drawer open={task !== null} onClose={onClose} title={title} size={420} destroyOnHidden>
      {task && <AccountForm task={task} first={first} onDone={onClose} />}
    </Drawer>
  );
}

function AccountForm({ task, first, onDone }: { task: Task; first: boolean; onDone: () => void }) {
  const { t } = useTranslation();
  const word = useWord();
  const toast = useToast();
  const [form] = Form.useForm<Fields>();
  const role = Form.useWatch("role", form);
  const people = usePeople();
  const add = useCommand("add_account");
  const change = useCommand("set_account_role");
  const reset = useCommand("reset_password");
  const error = add.error ?? change.error ?? reset.error;
  const submit = ({ name, role: chosen, person, password }: Fields) => {
    const done = { onSuccess: () => finish(name ?? (task.kind === "add" ? "" : task.account.name)) };
    if (task.kind === "add") add.mutate({ name: name.trim(), role: chosen, person: person ?? null, password }, done);
    else if (task.kind === "role") change.mutate({ account: task.account.id, role: chosen, person: person ?? null }, done);
    else reset.mutate({ account: task.account.id, password }, done);
  };
  const finish = (name: string) => {
    toast.done(t(`settings.people.done_${task.kind}`, { name }));
    onDone();
  };
  const account = task.kind === "add" ? null : task.account;
  return (
    <Form<Fields>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ role: account?.role ?? (first ? "hr" : "sales"), person: account?.person ?? undefined }}
      onFinish={submit}
    >
      {first && <p className="quiet">{t("settings.people.firstText")}</p>}
      {task.kind === "add" && (
        <Form.Item
          name="name"
          label={t("settings.people.name")}
          extra={t("settings.people.nameHelp")}
          rules={[{ required: true, whitespace: true, max: MAX_NAME_CHARS, message: t("settings.people.nameRule") }]}
        >
          <Input maxLength={MAX_NAME_CHARS} autoComplete="off" data-testid="account-name" />
        </Form.Item>
      )}
      {task.kind !== "password" && (
        <>
          <Form.Item name="role" label={t("settings.people.role")} extra={role && word("settings.people.roleText", role)}>
            <Select
              data-testid="account-role"
              disabled={first}
              options={ROLES.map((value) => ({ value, label: word("frame.role", value) }))}
            />
          </Form.Item>
          <Form.Item
            name="person"
            label={t("settings.people.person")}
            dependencies={["role"]}
            rules={[{ required: role === "sales" || role === "manager", message: t("settings.people.personRule") }]}
          >
            <Select
              allowClear
              showSearch={{ optionFilterProp: "label" }}
              placeholder={t("settings.people.noPerson")}
              virtual
            options={people}
              data-testid="account-person"
            />
          </Form.Item>
        </>
      )}
      {task.kind !== "role" && (
        <Form.Item name="password" label={t("settings.people.newPassword")} extra={!first && t("settings.people.passwordHelp")} rules={[passwordRule(t)]}>
          <Input.Password autoComplete="new-password" data-testid="account-password" />
        </Form.Item>
      )}
      {error && <ErrorState error={error} />}
      <Button
        type="primary"
        htmlType="submit"
        loading={add.isPending || change.isPending || reset.isPending}
        data-testid="account-save"
      >
        {t("common.save")}
      </Button>
    </Form>
  );
}
