/** Templates of every kind of records: workbooks to be filled in and imported. */
import { Button, Dropdown } from "antd";
import { useTranslation } from "react-i18next";

import { KINDS } from "../../backend/generated";
import { useCommand } from "../../backend/query";
import { useToast } from "../../components/useToast";
import { useWord } from "../../i18n";
import { useSay } from "../../i18n/say";

export function TemplateMenu() {
  const { t } = useTranslation();
  const word = useWord();
  const toast = useToast();
  const say = useSay();
  const task = useCommand("save_template");
  const save = (kind: string) =>
    task.mutate(
      { kind },
      {
        onSuccess: ({ files }) => {
          // None: the dialog was closed without a name.
          if (files.length > 0) toast.done(t("data.template.saved", { file: files.join(", ") }));
        },
        onError: (error) => toast.failed(say(error)),
      },
    );
  const items = KINDS.map((kind) => ({ key: kind, label: word("data.kind", kind) }));
  return (
    <Dropdown
      trigger={["click"]}
      menu={{ items, onClick: ({ key }) => save(key), className: "template-menu" }}
    >
      <Button loading={task.isPending} data-testid="templates">
        {t("data.template.action")}
      </Button>
    </Dropdown>
  );
}
