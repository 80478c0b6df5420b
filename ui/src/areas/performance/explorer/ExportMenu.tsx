/** Writes table and chart of a question into a file that a dialog of the program names. */
import { Button, Dropdown } from "antd";
import { Download } from "lucide-react";
import { useTranslation } from "react-i18next";

import type { Days, ViewQuestion } from "../../../backend/generated";
import { useCommand } from "../../../backend/query";
import { useRights } from "../../../components/rights";
import { useToast } from "../../../components/useToast";
import { useLanguage } from "../../../i18n";
import { useSay } from "../../../i18n/say";

const FORMATS = ["xlsx", "csv", "pdf", "png", "svg"] as const;

interface Props {
  question: ViewQuestion;
  days: Days;
  unit: string | null;
  disabled: boolean;
}

export function ExportMenu({ question, days: { from, to }, unit, disabled }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const say = useSay();
  const toast = useToast();
  const write = useCommand("export_metric");
  const may = useRights()("export_reports");
  if (!may) return null;
  const items = FORMATS.map((format) => ({
    key: format,
    label: t(`performance.kpi.formats.${format}`),
    onClick: () =>
      write.mutate(
        { question, from, to, unit, format, language },
        {
          // A dialog that was closed wrote nothing, and is no failure.
          onSuccess: ({ folder, files }) => folder !== null && toast.done(t("performance.kpi.exported", { file: files.join(", "), folder })),
          onError: (error) => toast.failed(say(error)),
        },
      ),
  }));
  return (
    <Dropdown menu={{ items }} trigger={["click"]} placement="bottomRight" disabled={disabled}>
      <Button icon={<Download size={15} aria-hidden />} loading={write.isPending} disabled={disabled} data-testid="kpi-export">
        {t("charts.export")}
      </Button>
    </Dropdown>
  );
}
