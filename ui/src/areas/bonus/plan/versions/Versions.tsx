/** The versions of a plan with their days; any one can be opened, and two compared. */
import { Button, Drawer, Select } from "antd";
import { Columns2 } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import type { BonusPlanView, PlanVersion } from "../../../../backend/generated";
import { formatDate, formatMoment } from "../../../../components/format";
import { Section } from "../../../../components/Page";
import { lastOf } from "../../people/days";
import { difference } from "./difference";
import "./versions.css";

export function Versions({ view, onOpen }: { view: BonusPlanView; onOpen: (version: number) => void }) {
  const { t } = useTranslation();
  const [comparing, setComparing] = useState(false);
  if (view.versions.length === 0) return null;
  return (
    <Section
      title={t("bonusPeople.versions.title")}
      context={t("bonusPeople.versions.context")}
      testId="plan-versions"
      actions={
        view.versions.length > 1 && (
          <Button size="small" icon={<Columns2 size={14} />} onClick={() => setComparing(true)} data-testid="versions-compare">
            {t("bonusPeople.versions.compare")}
          </Button>
        )
      }
    >
      <table className="plain-table versions-table">
        <thead>
          <tr>
            <th scope="col">{t("bonusPeople.versions.version")}</th>
            <th scope="col">{t("bonusPeople.from")}</th>
            <th scope="col">{t("bonusPeople.last")}</th>
            <th scope="col">{t("bonusPeople.versions.saved")}</th>
          </tr>
        </thead>
        <tbody>
          {view.versions.map((one) => (
            <tr key={one.version} aria-current={one.version === view.version}>
              <td>
                <button type="button" className="name-button" onClick={() => onOpen(one.version)} data-testid={`version-${one.version}`}>
                  <VersionName version={one} />
                </button>
                {one.version === view.version && <span className="quiet"> · {t("bonusPeople.versions.shown")}</span>}
              </td>
              <td>{one.from ? formatDate(one.from) : t("bonusPeople.always")}</td>
              <td>{one.to ? formatDate(lastOf(one.to)) : t("bonusPeople.open")}</td>
              <td title={one.saved_at ? formatMoment(one.saved_at) : undefined}>{one.saved_at ? formatMoment(one.saved_at).slice(0, 10) : "—"}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {comparing && <Compare versions={view.versions} onClose={() => setComparing(false)} />}
    </Section>
  );
}

function VersionName({ version }: { version: PlanVersion }) {
  const { t } = useTranslation();
  const name = version.version === 0 ? t("bonus.plan.template") : t("bonus.plan.version", { version: version.version });
  return <>{version.today ? `${name} (${t("bonusPeople.versions.today")})` : name}</>;
}

function Compare({ versions, onClose }: { versions: readonly PlanVersion[]; onClose: () => void }) {
  const { t } = useTranslation();
  const last = versions.length - 1;
  const [[left, right], setPair] = useState<readonly [number, number]>([Math.max(0, last - 1), last]);
  const options = versions.map((one, value) => ({ value, label: one.version === 0 ? t("bonus.plan.template") : t("bonus.plan.version", { version: one.version }) }));
  const lines = useMemo(() => difference(versions[left]?.document ?? "", versions[right]?.document ?? ""), [versions, left, right]);
  return (
    <Drawer open onClose={onClose} size={1040} title={t("bonusPeople.versions.compareTitle")} data-testid="versions-drawer">
      <div className="versions-heads">
        <Select aria-label={t("bonusPeople.versions.left")} value={left} options={options} onChange={(value) => setPair([value, right])} />
        <Select aria-label={t("bonusPeople.versions.right")} value={right} options={options} onChange={(value) => setPair([left, value])} />
      </div>
      {lines.every(({ kind }) => kind === "same") && <p className="notes">{t("bonusPeople.versions.same")}</p>}
      <div className="versions-lines" role="table" aria-label={t("bonusPeople.versions.compareTitle")}>
        {lines.map((line, at) => (
          <div key={at} role="row" className={`versions-line versions-${line.kind}`} data-kind={line.kind}>
            <code role="cell">{line.left !== null && `${line.kind === "gone" ? "− " : "  "}${line.left}`}</code>
            <code role="cell">{line.right !== null && `${line.kind === "new" ? "+ " : "  "}${line.right}`}</code>
          </div>
        ))}
      </div>
    </Drawer>
  );
}
