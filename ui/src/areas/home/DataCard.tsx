/** The state of the data: its range, the last import, the way to all of them. */
import { Link } from "@tanstack/react-router";
import { Lock, LockOpen } from "lucide-react";
import { useTranslation } from "react-i18next";

import type { Status } from "../../backend/generated";
import { formatCount, formatDate, formatMoment } from "../../components/format";
import { Section } from "../../components/Page";
import { useRights } from "../../components/rights";
import { useWord } from "../../i18n";

export function DataCard({ status }: { status: Status }) {
  const { t } = useTranslation();
  const word = useWord();
  const may = useRights();
  const batch = status.last_batch;
  const Mark = status.encrypted ? Lock : LockOpen;
  return (
    <Section title={t("home.data.title")} actions={may("see_imports") && <Link to="/data">{t("home.data.all")}</Link>} testId="data-card">
      <dl className="facts">
        <dt>{t("home.data.range")}</dt>
        <dd className="figure">
          {formatDate(status.data_from)} – {formatDate(status.data_up_to)}
        </dd>
        {batch && (
          <>
            <dt>{t("home.data.lastImport")}</dt>
            <dd className="figure">{formatMoment(batch.at)}</dd>
          </>
        )}
        {batch && may("see_imports") && (
          <>
            <dt>{t("home.data.source")}</dt>
            <dd>{word("home.source", batch.source)}</dd>
            <dt>{t("home.data.rows")}</dt>
            <dd className="figure">
              {t("home.data.counts", { added: formatCount(batch.new_rows), changed: formatCount(batch.changed_rows) })}
            </dd>
          </>
        )}
        <dt>{t("home.data.protection")}</dt>
        <dd>
          <Link to="/settings" search={(old) => ({ ...old, section: "about" }) as never} className="protection" data-testid="protection">
            <Mark size={14} aria-hidden />
            {t(status.encrypted ? "home.data.encrypted" : "home.data.plain")}
          </Link>
        </dd>
      </dl>
    </Section>
  );
}
