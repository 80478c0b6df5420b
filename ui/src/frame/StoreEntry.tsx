/** Before there is data: how a new store is to be kept, or what opens the one that is there. */
import { Button, Checkbox, Form, Input, Modal, type InputRef } from "antd";
import { KeyRound, LockKeyhole } from "lucide-react";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Status } from "../backend/generated";
import { useCommand } from "../backend/query";
import { ErrorState } from "../components/ErrorState";
import { NewPassphrase, type NewPassphraseFields } from "../components/NewPassphrase";
import { Page, Section } from "../components/Page";
import { RestoreBackup } from "../components/RestoreBackup";
import { useSay } from "../i18n/say";

/** A new store: a passphrase, the keyring, or the explained way without encryption. */
export function NewStore({ status }: { status: Status }) {
  const { t } = useTranslation();
  const [modal, holder] = Modal.useModal();
  const create = useCommand("create_store");
  const path = status.problem?.params["path"];
  const plain = () =>
    modal.confirm({
      title: t("frame.entry.plainTitle"),
      content: t("frame.entry.plainText"),
      okText: t("frame.entry.plainConfirm"),
      cancelText: t("common.cancel"),
      okButtonProps: { danger: true, "data-testid": "plain-confirm" } as never,
      onOk: () => create.mutate({ passphrase: null, plain: true }),
    });
  return (
    <Page title={t("frame.entry.newTitle")} narrow>
      {holder}
      <Section testId="store-new">
        <div className="unavailable">
          <KeyRound size={28} strokeWidth={1.5} aria-hidden />
          <div>
            <p>{t(status.keyring ? "frame.entry.newTextKeyring" : "frame.entry.newText")}</p>
            {path && <p className="quiet unavailable-path">{path}</p>}
            <NewPassphrase
              action={t("frame.entry.create")}
              pending={create.isPending}
              onFinish={({ passphrase }: NewPassphraseFields) => create.mutate({ passphrase, plain: false })}
            />
            {create.error && <ErrorState error={create.error} />}
            <div className="entry-others">
              {status.keyring && (
                <Button type="link" onClick={() => create.mutate({ passphrase: null, plain: false })} data-testid="create-keyring">
                  {t("frame.entry.keyringOnly")}
                </Button>
              )}
              <Button type="link" onClick={() => void plain()} data-testid="create-plain">
                {t("frame.entry.plain")}
              </Button>
              <RestoreBackup link />
            </div>
          </div>
        </div>
      </Section>
    </Page>
  );
}

/** The store is encrypted, or the window was locked: one field for passphrase or recovery code. */
export function UnlockStore({ status }: { status: Status }) {
  const { t } = useTranslation();
  const say = useSay();
  const unlock = useCommand("unlock_store");
  const [secret, setSecret] = useState("");
  const [remember, setRemember] = useState(false);
  // Nothing else is there to do, so typing may begin at once.
  const focus = useCallback((field: InputRef | null) => field?.focus(), []);
  const wasLocked = status.problem?.code === "app_locked";
  const submit = () =>
    unlock.mutate({ secret, remember }, { onSuccess: () => setSecret(""), onError: () => setSecret("") });
  return (
    <Page title={t(wasLocked ? "frame.entry.lockedTitle" : "frame.entry.unlockTitle")} narrow>
      <Section testId="store-locked">
        <div className="unavailable">
          <LockKeyhole size={28} strokeWidth={1.5} aria-hidden />
          <div>
            {status.problem && <p>{say(status.problem)}</p>}
            <Form layout="vertical" requiredMark={false} onFinish={submit} className="entry-form">
              <Form.Item label={t("frame.entry.secret")} htmlFor="unlock-secret">
                <Input.Password
                  ref={focus}
                  id="unlock-secret"
                  value={secret}
                  onChange={(event) => setSecret(event.target.value)}
                  autoComplete="off"
                  data-testid="unlock-secret"
                />
              </Form.Item>
              {!wasLocked && status.keyring && (
                <Form.Item>
                  <Checkbox checked={remember} onChange={(event) => setRemember(event.target.checked)} data-testid="unlock-remember">
                    {t("frame.entry.remember")}
                  </Checkbox>
                </Form.Item>
              )}
              <Button type="primary" htmlType="submit" disabled={secret === ""} loading={unlock.isPending} data-testid="unlock-run">
                {t("frame.entry.unlock")}
              </Button>
            </Form>
            {unlock.error && <ErrorState error={unlock.error} />}
            <p className="quiet">{t("frame.entry.lost")}</p>
            {!wasLocked && <RestoreBackup link />}
          </div>
        </div>
      </Section>
    </Page>
  );
}
