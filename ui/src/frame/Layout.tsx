/** The frame: navigation at the left, top bar, and the page of the area. */
import { Outlet } from "@tanstack/react-router";
import { Suspense, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { useRead } from "../backend/query";
import { Answer } from "../components/Page";
import { useToast } from "../components/useToast";
import { CommandPalette } from "./CommandPalette";
import { PersonalStrip } from "./PersonalStrip";
import { SideNav } from "./SideNav";
import { StoreGate } from "./StoreGate";
import { TopBar } from "./TopBar";
import { useIdleLock } from "./useIdleLock";
import { useScrollPlaces } from "./useScrollPlaces";
import { useUndoKeys } from "./useUndoKeys";
import "./frame.css";

export function Layout() {
  const { t } = useTranslation();
  const status = useRead("get_status", {});
  const [palette, setPalette] = useState(false);
  const isLocked = status.data?.state === "locked";
  useIdleLock(status.data?.lock_after_minutes ?? null, isLocked);
  const toast = useToast();
  // What a toast says is nothing for whoever passes by a locked window.
  useEffect(() => {
    if (isLocked) toast.clear();
  }, [isLocked, toast]);
  // A palette names people and goes to pages: a window that was locked under it opens without one.
  const [wasLocked, setWasLocked] = useState(isLocked);
  if (wasLocked !== isLocked) {
    setWasLocked(isLocked);
    setPalette(false);
  }
  useUndoKeys();
  const content = useRef<HTMLElement>(null);
  useScrollPlaces(content);
  return (
    <div className="frame">
      <a className="skip-link" href="#content" onClick={focusContent}>
        {t("frame.skip")}
      </a>
      <SideNav />
      <div className="frame-main">
        <TopBar status={status.data} onSearch={() => setPalette(true)} />
        {status.data?.personal && <PersonalStrip info={status.data.personal} />}
        <main ref={content} id="content" className="frame-content" tabIndex={-1}>
          <Answer query={status}>
            {(known) => (
              <StoreGate status={known}>
                <Suspense fallback={null}>
                  <Outlet />
                </Suspense>
              </StoreGate>
            )}
          </Answer>
        </main>
      </div>
      {status.data?.state !== "signed_out" && !isLocked && <CommandPalette open={palette} onOpenChange={setPalette} />}
    </div>
  );
}

/** The address's hash belongs to the router, so the skip link moves the focus itself. */
function focusContent(event: React.MouseEvent): void {
  event.preventDefault();
  document.getElementById("content")?.focus();
}
