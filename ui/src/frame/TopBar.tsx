/** Company, unit, period, search, state of the data, who is signed in, language and theme. */
import { Search } from "lucide-react";
import { useTranslation } from "react-i18next";

import type { Status } from "../backend/generated";
import { AccountMenu } from "./AccountMenu";
import { AppearanceMenu } from "./AppearanceMenu";
import { DataState } from "./DataState";
import { PeriodChooser } from "./PeriodChooser";
import { UnitChooser } from "./UnitChooser";

export function TopBar({ status, onSearch }: { status: Status | undefined; onSearch: () => void }) {
  const { t } = useTranslation();
  const ready = status?.state === "ready";
  return (
    <header className="top-bar" data-testid="top-bar">
      {ready && (
        <>
          <span className="top-bar-company" title={status.company ?? undefined}>
            {status.company ?? t("frame.company")}
          </span>
          <UnitChooser />
          <PeriodChooser />
        </>
      )}
      <span className="top-bar-space" />
      {status && (ready || status.state === "empty") && <DataState status={status} />}
      {status?.state !== "signed_out" && status?.state !== "locked" && (
        <button type="button" className="top-bar-search" onClick={onSearch} data-testid="palette-open">
          <Search size={15} aria-hidden />
          <span className="top-bar-word">{t("frame.palette.open")}</span>
          <kbd>{isMac() ? "⌘K" : "Ctrl K"}</kbd>
        </button>
      )}
      <AccountMenu me={status?.signed_in ?? null} />
      <AppearanceMenu />
    </header>
  );
}

function isMac(): boolean {
  return navigator.userAgent.includes("Mac");
}
