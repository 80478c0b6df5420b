/** The program: its version, and how the data on this computer is kept. */
import { Lock, LockOpen } from "lucide-react";
import { useTranslation } from "react-i18next";

import type { Status } from "../../backend/generated";
import { Notes } from "../../components/MessageText";
import { Section } from "../../components/Page";
import { useRights } from "../../components/rights";

export function About({ status }: { status: Status }) {
  const { t } = useTranslation();
  const may = useRights();
  const plain = status.problem?.code === "not_encrypted";
  const Mark = status.encrypted ? Lock : LockOpen;
  return (
    <Section title={t("settings.about.title")}>
      <dl className="settings-facts">
        <dt>{t("settings.about.product")}</dt>
        <dd>业绩 Yeji</dd>
        <dt>{t("settings.about.version")}</dt>
        <dd className="figure">{status.version}</dd>
        {status.state !== "unavailable" && (
          <>
            <dt>{t("settings.about.encryption")}</dt>
            <dd className="with-mark">
              <Mark size={14} aria-hidden />
              {t(status.encrypted ? "settings.about.encrypted" : "settings.about.plain")}
            </dd>
          </>
        )}
        <dt>{t("settings.about.licence")}</dt>
        <dd>Apache-2.0 · Noto Sans SC (OFL-1.1)</dd>
      </dl>
      {/* How to encrypt is told to who may do it. */}
      {status.problem && (!plain || may("manage_keys")) && <Notes messages={[status.problem]} tone={plain ? "info" : "warning"} />}
      <Notes messages={status.warnings} tone="warning" />
    </Section>
  );
}
