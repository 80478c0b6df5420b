/** Backups that the program makes by itself, and bringing one back. */
import { InputNumber, Switch } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import type { BackupSettings, BackupState } from "../../backend/generated";
import { useCommand, useRead } from "../../backend/query";
import { ErrorState } from "../../components/ErrorState";
import { formatDate } from "../../components/format";
import { Notes } from "../../components/MessageText";
import { Answer } from "../../components/Page";
import { RestoreBackup } from "../../components/RestoreBackup";
import { useRights } from "../../components/rights";

/** Each part for who may do it: an auditor, who only verifies, sees neither. */
export function AutomaticBackup() {
  const { t } = useTranslation();
  const may = useRights();
  return (
    <>
      {may("back_up") && <Daily />}
      {may("restore") && (
        <div className="settings-line">
          <div>
            <strong>{t("settings.backup.restore")}</strong>
            <p className="quiet">{t("settings.backup.restoreText")}</p>
          </div>
          <RestoreBackup />
        </div>
      )}
    </>
  );
}

function Daily() {
  const state = useRead("get_backup_state", {});
  return <Answer query={state}>{(known) => <Automatic state={known} />}</Answer>;
}

function Automatic({ state }: { state: BackupState }) {
  const { t } = useTranslation();
  const set = useCommand("set_backup_settings");
  // Upon what was asked for last, not upon what was read: two quick changes hold both.
  const latest = useRef(state.settings);
  useEffect(() => {
    latest.current = state.settings;
  }, [state.settings]);
  const change = (part: Partial<BackupSettings>) => {
    const before = latest.current;
    latest.current = { ...before, ...part };
    set.mutate(latest.current, {
      onError: () => {
        latest.current = before;
      },
    });
  };
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
            <WholeNumber
              min={1}
              max={60}
              value={state.settings.days}
              disabled={!state.settings.daily}
              onDone={(days) => change({ days })}
              testId="backup-days"
            />
          </label>
          <label>
            {t("settings.backup.weeks")}{" "}
            <WholeNumber
              min={0}
              max={104}
              value={state.settings.weeks}
              disabled={!state.settings.daily}
              onDone={(weeks) => change({ weeks })}
              testId="backup-weeks"
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

interface WholeNumberProps {
  min: number;
  max: number;
  value: number;
  disabled: boolean;
  /** When the field is left or Enter is pressed, if the number is another one. */
  onDone: (value: number) => void;
  testId: string;
}

/** Typing 14 over 7 passes by 1: a number counts when its field is done. */
function WholeNumber({ value, onDone, testId, ...limits }: WholeNumberProps) {
  const [typed, setTyped] = useState<number | null>(null);
  const done = () => {
    if (typed !== null && typed !== value) onDone(typed);
    setTyped(null);
  };
  return (
    <InputNumber
      {...limits}
      precision={0}
      value={typed ?? value}
      onChange={setTyped}
      onBlur={done}
      onPressEnter={done}
      data-testid={testId}
    />
  );
}
