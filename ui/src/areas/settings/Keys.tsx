/** What opens the data: passphrase, recovery code, keyring; handing it over; the lock. */
import { Button, Form, Input, Modal, Select } from "antd";
import { useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { KeyState, Status } from "../../backend/generated";
import { useBackend } from "../../backend/backend";
import { startAnew, useCommand, useRead } from "../../backend/query";
import { ErrorState } from "../../components/ErrorState";
import { formatDate } from "../../components/format";
import { NewPassphrase, type NewPassphraseFields } from "../../components/NewPassphrase";
import { Answer, Section } from "../../components/Page";
import { useToast } from "../../components/useToast";
import { RecoveryCodeDialog } from "./RecoveryCodeDialog";

const LOCK_MINUTES = [5, 10, 15, 30, 60] as const;

export function Keys({ status }: { status: Status }) {
  const { t } = useTranslation();
  const state = useRead("get_key_state", {});
  return (
    <Section title={t("settings.keys.title")} testId="settings-keys-section">
      <Answer query={state}>{(known) => <KeyLines state={known} status={status} />}</Answer>
    </Section>
  );
}

type Open = "passphrase" | "recovery" | "hand_over" | null;

function KeyLines({ state, status }: { state: KeyState; status: Status }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Open>(null);
  const [code, setCode] = useState<string | null>(null);
  const sealed = state.passphrase_since !== null || state.recovery_since !== null;
  const since = (day: string | null) => (day ? t("settings.keys.since", { day: formatDate(day.slice(0, 10)) }) : t("settings.keys.none"));
  return (
    <>
      <Line title={t("settings.keys.passphrase")} text={state.encrypted ? since(state.passphrase_since) : t("settings.keys.plain")}>
        <Button onClick={() => setOpen("passphrase")} data-testid="keys-passphrase">
          {t(state.encrypted ? (state.passphrase_since ? "settings.keys.change" : "settings.keys.set") : "settings.keys.encrypt")}
        </Button>
      </Line>
      {state.encrypted && (
        <>
          <Line title={t("settings.keys.recovery")} text={since(state.recovery_since)}>
            <Button onClick={() => setOpen("recovery")} data-testid="keys-recovery">
              {t("settings.keys.newCode")}
            </Button>
          </Line>
          <Line title={t("settings.keys.keyring")} text={t(`settings.keys.keyringState.${state.keyring}`)} />
          <Line title={t("settings.keys.handOver")} text={t("settings.keys.handOverText")}>
            <Button onClick={() => setOpen("hand_over")} data-testid="keys-hand-over">
              {t("settings.keys.handOverAction")}
            </Button>
          </Line>
          <LockLine status={status} canLock={sealed} />
        </>
      )}
      <PassphraseDialog open={open === "passphrase"} withCurrent={sealed} onClose={() => setOpen(null)} />
      <RecoveryDialog open={open === "recovery"} withCurrent={sealed} onClose={() => setOpen(null)} onCode={setCode} />
      <HandOverDialog open={open === "hand_over"} withCurrent={sealed} onClose={() => setOpen(null)} onCode={setCode} />
      <RecoveryCodeDialog code={code} onClose={() => setCode(null)} />
    </>
  );
}

function Line(props: { title: string; text: string; children?: ReactNode }) {
  return (
    <div className="settings-line">
      <div>
        <strong>{props.title}</strong>
        <p className="quiet">{props.text}</p>
      </div>
      {props.children}
    </div>
  );
}

interface DialogProps {
  open: boolean;
  withCurrent: boolean;
  onClose: () => void;
}

function PassphraseDialog({ open, withCurrent, onClose }: DialogProps) {
  const { t } = useTranslation();
  const toast = useToast();
  const set = useCommand("set_passphrase");
  const finish = ({ current, passphrase }: NewPassphraseFields) =>
    set.mutate(
      { current: current ?? null, new: passphrase },
      {
        onSuccess: () => {
          onClose();
          toast.done(t("common.saved"));
        },
      },
    );
  return (
    <Modal open={open} title={t("settings.keys.passphrase")} footer={null} onCancel={onClose} destroyOnHidden afterClose={set.reset}>
      <p>{t("settings.keys.passphraseText")}</p>
      <NewPassphrase action={t("common.save")} pending={set.isPending} withCurrent={withCurrent} onFinish={finish} />
      {set.error && <ErrorState error={set.error} />}
    </Modal>
  );
}

function RecoveryDialog({ open, withCurrent, onClose, onCode }: DialogProps & { onCode: (code: string) => void }) {
  const { t } = useTranslation();
  const make = useCommand("make_recovery_code");
  const finish = ({ current }: { current?: string }) =>
    make.mutate(
      { current: current ?? null },
      {
        onSuccess: ({ code }) => {
          onClose();
          onCode(code);
        },
      },
    );
  return (
    <Modal open={open} title={t("settings.keys.recovery")} footer={null} onCancel={onClose} destroyOnHidden afterClose={make.reset}>
      <p>{t("settings.keys.recoveryText")}</p>
      <Form layout="vertical" requiredMark={false} onFinish={finish}>
        {withCurrent && (
          <Form.Item name="current" label={t("common.passphrase.current")} rules={[{ required: true, message: t("common.passphrase.needed") }]}>
            <Input.Password autoComplete="off" data-testid="recovery-current" />
          </Form.Item>
        )}
        <Button type="primary" htmlType="submit" loading={make.isPending} data-testid="recovery-make">
          {t("settings.keys.newCode")}
        </Button>
      </Form>
      {make.error && <ErrorState error={make.error} />}
    </Modal>
  );
}

function HandOverDialog({ open, withCurrent, onClose, onCode }: DialogProps & { onCode: (code: string) => void }) {
  const { t } = useTranslation();
  const hand = useCommand("hand_over");
  const finish = ({ current, passphrase }: NewPassphraseFields) =>
    hand.mutate(
      { current: current ?? null, new: passphrase },
      {
        onSuccess: ({ code }) => {
          onClose();
          onCode(code);
        },
      },
    );
  return (
    <Modal open={open} title={t("settings.keys.handOver")} footer={null} onCancel={onClose} destroyOnHidden afterClose={hand.reset}>
      <p>{t("settings.keys.handOverLong")}</p>
      <NewPassphrase action={t("settings.keys.handOverAction")} pending={hand.isPending} withCurrent={withCurrent} onFinish={finish} />
      {hand.error && <ErrorState error={hand.error} />}
    </Modal>
  );
}

function LockLine({ status, canLock }: { status: Status; canLock: boolean }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const client = useQueryClient();
  const set = useCommand("set_lock");
  const lock = useCommand("lock_app");
  // What the pages showed leaves the window's memory too.
  const lockNow = () => lock.mutate({}, { onSuccess: (locked) => startAnew(backend, client, locked, { keepDrafts: true }) });
  return (
    <>
      <Line title={t("settings.keys.lock")} text={t(canLock ? "settings.keys.lockText" : "settings.keys.lockNeeds")}>
        <div className="settings-actions">
          <Select
            value={status.lock_after_minutes ?? 0}
            disabled={!canLock}
            onChange={(minutes: number) => set.mutate({ minutes: minutes === 0 ? null : minutes })}
            aria-label={t("settings.keys.lock")}
            options={[
              { value: 0, label: t("settings.keys.lockNever") },
              ...LOCK_MINUTES.map((minutes) => ({ value: minutes, label: t("settings.keys.lockAfter", { minutes }) })),
            ]}
            data-testid="lock-after"
          />
          <Button disabled={!canLock} onClick={lockNow} loading={lock.isPending} data-testid="lock-now">
            {t("settings.keys.lockNow")}
          </Button>
        </div>
      </Line>
      {set.error && <ErrorState error={set.error} />}
      {lock.error && <ErrorState error={lock.error} />}
    </>
  );
}
