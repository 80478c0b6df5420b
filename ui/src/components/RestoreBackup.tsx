/** Choosing a backup and putting it in the place of the data, after a question. */
import { Button, Checkbox, Form, Input, Modal } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import type { PickedBackup } from "../backend/generated";
import { useCommand } from "../backend/query";
import { ErrorState } from "./ErrorState";
import { formatCount } from "./format";
import { useToast } from "./useToast";

export function RestoreBackup({ link }: { link?: boolean }) {
  const { t } = useTranslation();
  const toast = useToast();
  const pick = useCommand("pick_backup");
  const restore = useCommand("restore_store");
  const [picked, setPicked] = useState<PickedBackup | null>(null);
  const [secret, setSecret] = useState("");
  const [plain, setPlain] = useState(false);
  const asks = restore.error?.code === "restore_asks";
  const running = useRef(false);
  const close = () => {
    setPicked(null);
    setSecret("");
    setPlain(false);
    restore.reset();
  };
  // Enter in the field runs it too: not without a secret, and not while the first run is on its way.
  const isReady = picked !== null && !(picked.needs_secret && secret === "") && !(picked.makes_plain && !plain);
  const run = () => {
    if (!isReady || running.current) return;
    running.current = true;
    restore.mutate(
      // What was asked is answered by the same button, pressed once more.
      { secret: picked?.needs_secret ? secret : null, plain, replace: asks },
      {
        onSuccess: ({ kept, deals }) => {
          close();
          const rows = formatCount(deals);
          toast.done(kept ? t("common.restore.doneKept", { rows, kept }) : t("common.restore.done", { rows }), 10);
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
        {restore.error && <ErrorState error={restore.error} {...(asks ? { title: t("common.restore.asks") } : {})} />}
      </Modal>
    </>
  );
}
