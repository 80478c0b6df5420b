/** The company: its name, currency and the range of its data. */
import { Button, Form, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Status } from "../../backend/generated";
import { useCommand, useRead } from "../../backend/query";
import { ErrorState } from "../../components/ErrorState";
import { formatDate } from "../../components/format";
import { HistoryDrawer, type Subject } from "../../components/history/HistoryDrawer";
import { Section } from "../../components/Page";
import { useToast } from "../../components/useToast";

/** As RenameCompany has it. */
const MAX_NAME_CHARS = 200;

export function Company({ status }: { status: Status }) {
  const { t } = useTranslation();
  const toast = useToast();
  const rename = useCommand("rename_company");
  const company = useRead("get_organisation", {}).data?.units.find((unit) => unit.parent === null);
  const [history, setHistory] = useState<Subject | null>(null);
  const save = ({ name }: { name: string }) =>
    rename.mutate({ name: name.trim() }, { onSuccess: () => toast.done(t("common.saved")) });
  return (
    <Section
      title={t("settings.company.title")}
      actions={
        company && (
          <Button size="small" onClick={() => setHistory({ entity: "org_unit", id: company.id })} data-testid="company-history">
            {t("history.open")}
          </Button>
        )
      }
    >
      <HistoryDrawer subject={history} onClose={() => setHistory(null)} />
      <Form
        // Another name from elsewhere (the command line) starts the form anew.
        key={status.company}
        layout="vertical"
        requiredMark={false}
        initialValues={{ name: status.company ?? "" }}
        onFinish={save}
        className="settings-form"
      >
        <Form.Item
          name="name"
          label={t("settings.company.name")}
          rules={[{ required: true, whitespace: true, max: MAX_NAME_CHARS, message: t("settings.company.nameRule") }]}
        >
          <Input maxLength={MAX_NAME_CHARS} data-testid="company-name" />
        </Form.Item>
        <Button htmlType="submit" loading={rename.isPending} data-testid="company-save">
          {t("common.save")}
        </Button>
      </Form>
      {rename.error && <ErrorState error={rename.error} onRetry={() => rename.variables && save(rename.variables)} />}
      <dl className="settings-facts">
        <dt>{t("settings.company.currency")}</dt>
        <dd>{status.currency}</dd>
        <dt>{t("settings.company.range")}</dt>
        <dd className="figure">
          {formatDate(status.data_from)} – {formatDate(status.data_up_to)}
        </dd>
      </dl>
    </Section>
  );
}
