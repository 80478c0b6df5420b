/** The first page of a new store: a demo company, or one's own data. Nothing else. */
import { Button } from "antd";
import { Building2, FileSpreadsheet } from "lucide-react";
import { useTranslation } from "react-i18next";

import type { Status } from "../../backend/generated";
import { ErrorState } from "../../components/ErrorState";
import { MessageText, Notes } from "../../components/MessageText";
import { usePickFiles } from "../../components/usePickFiles";
import { DemoForm } from "./DemoForm";

export function Welcome({ status }: { status: Status }) {
  const { t } = useTranslation();
  const { pick, picking, error } = usePickFiles();
  return (
    <div className="welcome" data-testid="welcome">
      <header>
        <Horizon />
        <h1>{t("home.welcome.title")}</h1>
        <p>{t("home.welcome.text")}</p>
      </header>
      <div className="welcome-ways">
        <section className="welcome-way" aria-labelledby="way-demo">
          <Building2 size={22} strokeWidth={1.5} aria-hidden />
          <h2 id="way-demo">{t("home.welcome.demo")}</h2>
          <p>{t("home.welcome.demoText")}</p>
          <DemoForm />
        </section>
        <section className="welcome-way" aria-labelledby="way-import">
          <FileSpreadsheet size={22} strokeWidth={1.5} aria-hidden />
          <h2 id="way-import">{t("home.welcome.import")}</h2>
          <p>{t("home.welcome.importText")}</p>
          <div className="welcome-actions">
            <Button size="large" loading={picking} onClick={() => pick()} data-testid="start-import">
              {t("home.welcome.importAction")}
            </Button>
            <Button size="large" type="text" disabled={picking} onClick={() => pick(true)} data-testid="start-import-folder">
              {t("home.welcome.importFolder")}
            </Button>
          </div>
          {error && <ErrorState error={error} />}
        </section>
      </div>
      <p className="quiet welcome-foot">
        {t(status.encrypted ? "home.welcome.localEncrypted" : "home.welcome.local")}
        {status.problem?.code === "not_encrypted" && (
          <span data-testid="not-encrypted">
            <MessageText message={status.problem} />
          </span>
        )}
      </p>
      {status.problem && status.problem.code !== "not_encrypted" && <Notes messages={[status.problem]} tone="warning" />}
    </div>
  );
}

/** Quiet bars that rise past a goal line: what the product is about, without a word. */
function Horizon() {
  const heights = [14, 20, 17, 26, 23, 34, 30, 41, 38, 52];
  return (
    <svg className="horizon" width="220" height="64" viewBox="0 0 220 64" aria-hidden>
      {heights.map((height, index) => (
        <rect
          // The bars never move.
          // oxlint-disable-next-line react/no-array-index-key
          key={index}
          x={index * 22 + 3}
          y={62 - height}
          width="14"
          height={height}
          rx="2"
          fill="var(--accent)"
          opacity={0.18 + index * 0.08}
        />
      ))}
      <line x1="0" x2="220" y1="27" y2="27" stroke="var(--goal-line)" strokeDasharray="4 4" strokeWidth="1" />
    </svg>
  );
}
