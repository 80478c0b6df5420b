/** The plan as the document that is kept and that auditors read (TOML): to copy, and to edit as text. */
import { Button, Input } from "antd";
import { Copy } from "lucide-react";
import { useTranslation } from "react-i18next";

import type { BonusPlanView } from "../../../backend/generated";
import { useCommand } from "../../../backend/query";
import { ErrorState } from "../../../components/ErrorState";
import { useCopy } from "../useCopy";

interface Props {
  /** As the program writes the plan of the form. */
  document: string;
  /** What was typed and is not applied. */
  text: string | null;
  mayEdit: boolean;
  onText: (text: string | null) => void;
  onApply: (view: BonusPlanView) => void;
}

export function DocumentTab({ document, text, mayEdit, onText, onApply }: Props) {
  const { t } = useTranslation();
  const copy = useCopy();
  const check = useCommand("check_bonus_plan");
  const shown = text ?? document;
  const apply = () => check.mutate({ plan: shown }, { onSuccess: onApply });
  return (
    <div className="plan-text">
      <p className="quiet">{t(mayEdit ? "bonus.plan.documentHelp" : "bonus.plan.documentRead")}</p>
      <Input.TextArea
        className="plan-source"
        aria-label={t("bonus.plan.document")}
        autoSize={{ minRows: 16, maxRows: 40 }}
        spellCheck={false}
        readOnly={!mayEdit}
        value={shown}
        onChange={(event) => {
          check.reset();
          onText(event.target.value === document ? null : event.target.value);
        }}
        data-testid="plan-source"
      />
      {check.error && <ErrorState error={check.error} onRetry={apply} />}
      <div className="plan-row">
        {mayEdit && (
          <>
            <Button type="primary" ghost disabled={text === null} loading={check.isPending} onClick={apply} data-testid="plan-apply">
              {t("bonus.plan.apply")}
            </Button>
            <Button
              disabled={text === null}
              onClick={() => {
                check.reset();
                onText(null);
              }}
            >
              {t("bonus.plan.unapply")}
            </Button>
          </>
        )}
        <Button icon={<Copy size={13} />} onClick={() => copy(shown)}>
          {t("bonus.plan.copy")}
        </Button>
      </div>
    </div>
  );
}
