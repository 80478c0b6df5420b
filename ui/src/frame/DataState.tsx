/** How fresh the data is, always in sight. Opens the import batches. */
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import type { Status } from "../backend/generated";
import { formatDate, formatMoment } from "../components/format";
import { useRights } from "../components/rights";

export function DataState({ status }: { status: Status }) {
  const { t } = useTranslation();
  const batch = status.last_batch;
  const may = useRights();
  const words = (
    <>
      {status.data_up_to ? (
        <>
          <span className="data-state-dot" aria-hidden />
          <span className="figure">{t("frame.dataState.upTo", { date: formatDate(status.data_up_to) })}</span>
          <span className="figure data-state-batch">
            {batch ? t("frame.dataState.batch", { time: formatMoment(batch.at) }) : t("frame.dataState.noBatch")}
          </span>
        </>
      ) : (
        <span>{t("frame.dataState.none")}</span>
      )}
    </>
  );
  // Who sees no imports still sees how fresh the data is.
  if (!may("see_imports")) {
    return (
      <span className="data-state" data-testid="data-state">
        {words}
      </span>
    );
  }
  return (
    <Link to="/data" className="data-state" data-testid="data-state" title={t("frame.dataState.open")}>
      {words}
    </Link>
  );
}
