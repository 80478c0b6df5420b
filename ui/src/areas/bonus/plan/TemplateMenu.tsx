/** Starts from one of the program's plans; asks before what was changed is replaced. */
import { App, Button, Dropdown } from "antd";
import { LayoutTemplate } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { BonusTemplate } from "../../../backend/generated";
import { useRead } from "../../../backend/query";
import { useLanguage } from "../../../i18n";
import { useSay } from "../../../i18n/say";
import { readPlan, type Plan } from "./document";

export function TemplateMenu({ changed, onStart }: { changed: boolean; onStart: (plan: Plan) => void }) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const language = useLanguage();
  const say = useSay();
  const [asked, setAsked] = useState(false);
  const templates = useRead("list_bonus_templates", {}, { enabled: asked });
  const nameOf = (one: BonusTemplate) => (language === "en" ? one.name_en : one.name_zh);
  const start = (code: string) => {
    const template = templates.data?.find((one) => one.code === code);
    if (!template) return;
    const take = () => onStart(readPlan(template.plan));
    if (!changed) return take();
    void modal.confirm({
      title: t("bonus.plan.templates.title", { name: nameOf(template) }),
      content: t("bonus.plan.templates.text"),
      okText: t("bonus.plan.templates.ok"),
      cancelText: t("common.cancel"),
      onOk: take,
    });
  };
  const note = templates.error ? say(templates.error) : t("common.loading");
  return (
    <Dropdown
      trigger={["click"]}
      onOpenChange={(open) => open && setAsked(true)}
      menu={{
        items: templates.data?.map((one) => ({ key: one.code, label: nameOf(one) })) ?? [{ key: "note", label: note, disabled: true }],
        onClick: ({ key }) => start(key),
      }}
    >
      <Button icon={<LayoutTemplate size={15} />} data-testid="plan-templates">
        {t("bonus.plan.templates.start")}
      </Button>
    </Dropdown>
  );
}
