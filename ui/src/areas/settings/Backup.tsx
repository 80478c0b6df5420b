/** A copy of the data in a place of one's choice, and the check that all of it is sound. */
import { Button } from "antd";
import { CircleAlert, CircleCheck } from "lucide-react";
import { useTranslation } from "react-i18next";

import type { VerifyResult } from "../../backend/generated";
import { useCommand } from "../../backend/query";
import { ErrorState } from "../../components/ErrorState";
import { Section } from "../../components/Page";
import { useRights } from "../../components/rights";
import { useToast } from "../../components/useToast";
import { useWord } from "../../i18n";
import { AutomaticBackup } from "./AutomaticBackup";

export function Backup() {
  const { t } = useTranslation();
  const toast = useToast();
  const may = useRights();
  const backup = useCommand("backup_store");
  const verify = useCommand("verify_store");
  const makeBackup = () =>
    backup.mutate(
      {},
      { onSuccess: ({ file }) => file && toast.done(t("settings.backup.saved", { file }), 6) },
    );
  return (
    <Section title={t("settings.backup.title")}>
      {may("back_up") && <div className="settings-line">
        <div>
          <strong>{t("settings.backup.make")}</strong>
          <p className="quiet">{t("settings.backup.makeText")}</p>
        </div>
        <Button onClick={makeBackup} loading={backup.isPending} data-testid="backup-run">
          {t("settings.backup.makeAction")}
        </Button>
      </div>}
      {backup.error && <ErrorState error={backup.error} onRetry={makeBackup} />}
      <AutomaticBackup />
      <div className="settings-line">
        <div>
          <strong>{t("settings.backup.verify")}</strong>
          <p className="quiet">{t("settings.backup.verifyText")}</p>
        </div>
        <Button onClick={() => verify.mutate({})} loading={verify.isPending} data-testid="verify-run">
          {t("settings.backup.verifyAction")}
        </Button>
      </div>
      {verify.error && <ErrorState error={verify.error} onRetry={() => verify.mutate({})} />}
      {verify.data && <Checks result={verify.data} />}
    </Section>
  );
}

function Checks({ result }: { result: VerifyResult }) {
  const { t } = useTranslation();
  const word = useWord();
  return (
    <div className="checks" role="status" data-testid="verify-result" data-ok={result.ok}>
      <strong>{t(result.ok ? "settings.backup.sound" : "settings.backup.unsound")}</strong>
      <ul>
        {result.checks.map((check) => {
          // Of a damaged file nobody can say that all of it was read.
          const sound = check.ok && check.known;
          const Mark = sound ? CircleCheck : CircleAlert;
          const said = check.known ? (check.detail ?? t("settings.backup.failed")) : t("settings.backup.notKnown");
          return (
            <li key={check.name} className={sound ? "check" : "check check-bad"}>
              <Mark size={15} aria-hidden />
              <span>{word("settings.check", check.name)}</span>
              <span className="quiet">{sound ? t("settings.backup.ok") : said}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
