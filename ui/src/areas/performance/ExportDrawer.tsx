/** Exports the dashboard as it is: formats, language, progress, the files written. The page behind stays usable. */
import { Button, Checkbox, Drawer, Radio } from "antd";
import { CircleAlert, CircleCheck, FileText } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { BoardInfo, FailedFormat, Scope } from "../../backend/generated";
import { useTask } from "../../backend/query";
import { ErrorState } from "../../components/ErrorState";
import { MessageText } from "../../components/MessageText";
import { periodLabel } from "../../components/period";
import { TaskProgress } from "../../components/TaskProgress";
import { useLanguage, type Language } from "../../i18n";

const FORMATS = ["pdf", "png", "svg", "xlsx"] as const;
type Format = (typeof FORMATS)[number];

interface Props {
  open: boolean;
  /** What is exported; none yet: the program's own dashboard. */
  board: BoardInfo | undefined;
  scope: Scope;
  unitName: string;
  onClose: () => void;
}

export function ExportDrawer({ open, board, scope, unitName, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Drawer
      open={open}
      onClose={onClose}
      mask={false}
      size={400}
      title={t("performance.exportReport.title")}
      destroyOnHidden
      data-testid="export-drawer"
    >
      <ExportForm board={board} scope={scope} unitName={unitName} />
    </Drawer>
  );
}

/** Formats that could not be made, beside those that were. */
function Failed({ formats }: { formats: readonly FailedFormat[] }) {
  const { t } = useTranslation();
  if (formats.length === 0) return null;
  return (
    <>
      <p className="export-failed">
        <CircleAlert size={16} aria-hidden /> {t("performance.exportReport.failed")}
      </p>
      <ul>
        {formats.map(({ format, reason }) => (
          <li key={format}>
            <strong>{format.toUpperCase()}</strong> <MessageText message={reason} />
          </li>
        ))}
      </ul>
    </>
  );
}

function ExportForm({ board, scope, unitName }: Pick<Props, "board" | "scope" | "unitName">) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [formats, setFormats] = useState<Format[]>(["pdf", "xlsx"]);
  const [reportLanguage, setReportLanguage] = useState<Language>(language);
  const task = useTask("export_dashboard");
  const result = task.data;
  return (
    <div className="export-form">
      <p>{t("performance.exportReport.scope", { board: board?.name ?? t("performance.dashboard"), unit: unitName, period: periodLabel(scope.period, t, language) })}</p>
      <fieldset>
        <legend>{t("performance.exportReport.formats")}</legend>
        <Checkbox.Group<Format> value={formats} onChange={setFormats} className="export-formats">
          {FORMATS.map((format) => (
            <Checkbox key={format} value={format} data-testid={`export-${format}`}>
              {t(`performance.exportReport.format.${format}`)}
            </Checkbox>
          ))}
        </Checkbox.Group>
        {formats.length === 0 && <p className="quiet">{t("performance.exportReport.none")}</p>}
      </fieldset>
      <fieldset>
        <legend>{t("performance.exportReport.language")}</legend>
        <Radio.Group
          value={reportLanguage}
          onChange={(event) => setReportLanguage(event.target.value as Language)}
          options={[
            { value: "zh-CN", label: "简体中文" },
            { value: "en", label: "English" },
          ]}
        />
      </fieldset>
      <Button
        type="primary"
        block
        disabled={formats.length === 0}
        loading={task.isPending}
        onClick={() => task.mutate({ scope, formats: FORMATS.filter((one) => formats.includes(one)), language: reportLanguage, ...(board && { board: board.id }) })}
        data-testid="export-run"
      >
        {t("performance.exportReport.run")}
      </Button>
      {task.isPending && <TaskProgress progress={task.progress} cancelling={task.cancelling} onCancel={task.cancel} />}
      {task.error && <ErrorState error={task.error} />}
      {result && !task.isPending && (
        <section className="export-result" data-testid="export-result" role="status">
          {result.folder === null ? (
            <p className="quiet">{t("performance.exportReport.closed")}</p>
          ) : (
            <>
              <p className="export-done">
                <CircleCheck size={16} aria-hidden /> {t("performance.exportReport.done", { folder: result.folder })}
              </p>
              <ul>
                {result.files.map((file) => (
                  <li key={file}>
                    <FileText size={14} aria-hidden /> {file}
                  </li>
                ))}
              </ul>
              <Failed formats={result.failed} />
            </>
          )}
        </section>
      )}
    </div>
  );
}
