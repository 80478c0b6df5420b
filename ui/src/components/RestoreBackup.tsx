/** Choosing a backup and putting it in the place of the data, after a question. */
import { Button, Checkbox, Form, Input, Modal } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import type { PickedBackup, RestoredKeys } from "../backend/generated";
import { useCommand } from "../backend/query";
import { ErrorState } from "./ErrorState";
import { useSay } from "../i18n/say";
import { formatCount, formatMoment } from "./format";
import { useToast } from "./useToast";

export function RestoreBackup({ link }: { link?: boolean }) {
  const { t } = useTranslation();
  const toast = useToast();
  const pick = useCommand("pick_backup");
  const restore = useCommand("restore_store");
  const [picked, setPicked] = useState<PickedBackup | null>(null);
  const [secret, setSecret] = useState("");
  const [plain, setPlain] = useState(false);
  const [replace, setReplace] = useState(false);
  const say = useSay();
  const asks = restore.error?.code === "restore_asks";
  const running = useRef(false);
  const close = () => {
    setPicked(null);
    setSecret("");
    setPlain(false);
    setReplace(false);
    restore.reset();
  };
  // Enter in the field runs it too: not without a secret, not before what is asked is answered, and not while
  // the first run is on its way.
  const answered = !(picked?.makes_plain && !plain) && !(asks && !replace);
  const isReady = picked !== null && !(picked.needs_secret && secret === "") && answered;
  const opens = (keys: RestoredKeys | null) => {
    if (keys === null) return t("common.restore.opensPlain");
    const parts = [
      keys.passphrase_since && t("common.restore.passphraseOf", { at: formatMoment(keys.passphrase_since) }),
      keys.recovery_since && t("common.restore.recoveryOf", { at: formatMoment(keys.recovery_since) }),
    ].filter(Boolean);
    if (parts.length === 0) return t("common.restore.opensKeyring");
    return t(keys.stayed ? "common.restore.opensStayed" : "common.restore.opensOfFile", { what: parts.join(t("common.restore.comma")) });
  };
  const run = () => {
    if (!isReady || running.current) return;
    running.current = true;
    restore.mutate(
      { secret: picked?.needs_secret ? secret : null, plain, replace: asks && replace },
      {
        onSuccess: ({ kept, deals, keys }) => {
          close();
          const rows = formatCount(deals);
          const done = kept ? t("common.restore.doneKept", { rows, kept }) : t("common.restore.done", { rows });
          toast.done([done, opens(keys)].join(t("common.restore.stop")), 30);
        },
        onSettled: () => {
          running.current = false;
        },
      },
    );
  };
  return (
    <>
      <Button
        type={link ? "link" : "default"}
        onClick={() => pick.mutate({}, { onSuccess: setPicked })}
        loading={pick.isPending}
        data-testid="restore-pick"
      >
        {t("common.restore.action")}
      </Button>
      {pick.error && <ErrorState error={pick.error} />}
      <Modal
        open={picked !== null}
        title={t("common.restore.title")}
        okText={t(asks ? "common.restore.confirmAsked" : "common.restore.confirm")}
        cancelText={t("common.cancel")}
        onCancel={close}
        onOk={run}
        confirmLoading={restore.isPending}
        okButtonProps={{ danger: true, disabled: !isReady, "data-testid": "restore-confirm" } as never}
      >
        <p className="unavailable-path">{picked?.file}</p>
        <p>{t("common.restore.text")}</p>
        {picked && !picked.encrypted && <p>{t("common.restore.plain")}</p>}
        {picked?.makes_plain && (
          <Checkbox checked={plain} onChange={(event) => setPlain(event.target.checked)} data-testid="restore-plain">
            {t("common.restore.makesPlain")}
          </Checkbox>
        )}
        {picked?.needs_secret && (
          <Form layout="vertical" requiredMark={false} onFinish={run}>
            <Form.Item label={t("common.restore.secret")} htmlFor="restore-secret">
              <Input.Password
                id="restore-secret"
                value={secret}
                onChange={(event) => setSecret(event.target.value)}
                autoComplete="off"
                data-testid="restore-secret"
              />
            </Form.Item>
          </Form>
        )}
        {restore.error && !asks && <ErrorState error={restore.error} />}
        {restore.error && asks && (
          // A question, not a failure: nothing of it stands in the log that anybody would look up.
          <div className="restore-asks" role="alert" data-testid="restore-asks">
            <strong>{t("common.restore.asks")}</strong>
            <p>{say(restore.error)}</p>
            <Checkbox checked={replace} onChange={(event) => setReplace(event.target.checked)} data-testid="restore-replace">
              {t("common.restore.replace")}
            </Checkbox>
          </div>
        )}
      </Modal>
    </>
  );
}
