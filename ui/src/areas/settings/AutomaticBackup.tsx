/** Backups that the program makes by itself, and bringing one back. */
import { InputNumber, Switch } from "antd";
import { useTranslation } from "react-i18next";

import type { BackupSettings, BackupState } from "../../backend/generated";
import { useCommand, useRead } from "../../backend/query";
import { ErrorState } from "../../components/ErrorState";
import { formatDate } from "../../components/format";
import { Notes } from "../../components/MessageText";
import { Answer } from "../../components/Page";
import { RestoreBackup } from "../../components/RestoreBackup";

export function AutomaticBackup() {
  const { t } = useTranslation();
  const state = useRead("get_backup_state", {});
  return (
    <>
      <Answer query={state}>{(known) => <Automatic state={known} />}</Answer>
      <div className="settings-line">
        <div>
          <strong>{t("settings.backup.restore")}</strong>
          <p className="quiet">{t("settings.backup.restoreText")}</p>
        </div>
        <RestoreBackup />
      </div>
    </>
  );
}

function Automatic({ state }: { state: BackupState }) {
  const { t } = useTranslation();
  const set = useCommand("set_backup_settings");
  const change = (part: Partial<BackupSettings>) => set.mutate({ ...state.settings, ...part });
  return (
    <>
      <div className="settings-line">
        <div>
          <strong>{t("settings.backup.daily")}</strong>
          <p className="quiet">
            {state.newest
              ? t("settings.backup.dailyText", { day: formatDate(state.newest), copies: state.count })
              : t("settings.backup.dailyNone")}
          </p>
          <p className="quiet unavailable-path">{state.folder}</p>
        </div>
        <div className="settings-actions">
          <label>
            {t("settings.backup.days")}{" "}
            <InputNumber
              min={1}
              max={60}
              precision={0}
              value={state.settings.days}
              disabled={!state.settings.daily}
              onChange={(days) => days && change({ days })}
              data-testid="backup-days"
            />
          </label>
          <label>
            {t("settings.backup.weeks")}{" "}
            <InputNumber
              min={0}
              max={104}
              precision={0}
              value={state.settings.weeks}
              disabled={!state.settings.daily}
              onChange={(weeks) => weeks !== null && change({ weeks })}
              data-testid="backup-weeks"
            />
          </label>
          <Switch
            checked={state.settings.daily}
            onChange={(daily) => change({ daily })}
            loading={set.isPending}
            aria-label={t("settings.backup.daily")}
            data-testid="backup-daily"
          />
        </div>
      </div>
      {state.failed && <Notes messages={[state.failed]} tone="warning" />}
      {set.error && <ErrorState error={set.error} />}
    </>
  );
}
