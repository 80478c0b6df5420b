/** The recovery code, shown once: to be printed or copied by hand. */
import { Button, Checkbox, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

export function RecoveryCodeDialog({ code, onClose }: { code: string | null; onClose: () => void }) {
  const { t } = useTranslation();
  const [kept, setKept] = useState(false);
  const close = () => {
    setKept(false);
    onClose();
  };
  return (
    <Modal
      open={code !== null}
      title={t("settings.keys.codeTitle")}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      footer={
        <Button type="primary" disabled={!kept} onClick={close} data-testid="recovery-done">
          {t("common.close")}
        </Button>
      }
    >
      <p>{t("settings.keys.codeText")}</p>
      <p className="recovery-code" data-testid="recovery-code">
        {code}
      </p>
      <div className="settings-actions">
        <Button onClick={() => window.print()}>{t("settings.keys.print")}</Button>
        <Checkbox checked={kept} onChange={(event) => setKept(event.target.checked)} data-testid="recovery-kept">
          {t("settings.keys.codeKept")}
        </Checkbox>
      </div>
    </Modal>
  );
}
