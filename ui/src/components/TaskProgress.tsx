/** Long work: the step that is running, how far it is, and a way to cancel. */
import { Button, Progress } from "antd";
import { useTranslation } from "react-i18next";

import type { Progress as ProgressValue } from "../backend/generated";
import { useWord } from "../i18n";
import { formatCount } from "./format";

export function TaskProgress(props: { progress: ProgressValue | null; cancelling: boolean; onCancel: () => void }) {
  const { progress, cancelling, onCancel } = props;
  const { t } = useTranslation();
  const word = useWord();
  const step = word("common.progress", progress?.step ?? "working");
  const known = progress !== null && progress.total > 0;
  return (
    <div className="task-progress" data-testid="task-progress" role="status">
      <div className="task-progress-line">
        <span>{step}</span>
        <span className="figure quiet">
          {known && `${formatCount(progress.done)} / ${formatCount(progress.total)}`}
        </span>
      </div>
      <Progress
        percent={known ? Math.floor((progress.done / progress.total) * 100) : 0}
        showInfo={false}
        size="small"
        status="active"
        aria-label={t("common.progress.label")}
      />
      <Button size="small" onClick={onCancel} disabled={cancelling} data-testid="task-cancel">
        {cancelling ? t("common.cancelling") : t("common.cancel")}
      </Button>
    </div>
  );
}
