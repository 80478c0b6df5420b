/** An error in words: what happened, what to do, and a way to try again. */
import { Button } from "antd";
import { CircleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";

import { BackendError } from "../backend/backend";
import { useSay } from "../i18n/say";

interface Props {
  error: unknown;
  onRetry?: (() => void) | undefined;
  /** Shown above the sentence; by default "This did not work". */
  title?: string;
}

export function ErrorState({ error, onRetry, title }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const known = BackendError.from(error);
  return (
    <div className="error-state" role="alert" data-testid="error-state" data-code={known.code}>
      <CircleAlert size={18} aria-hidden />
      <div>
        <strong>{title ?? t("common.errorTitle")}</strong>
        <p>{say(known)}</p>
        {known.traceId && <p className="quiet">{t("common.traceId", { id: known.traceId })}</p>}
        {onRetry && (
          <Button size="small" onClick={onRetry}>
            {t("common.retry")}
          </Button>
        )}
      </div>
    </div>
  );
}
