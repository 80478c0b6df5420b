/** The areas, as icon and word; collapsible to the icons. */
import { Link } from "@tanstack/react-router";
import { Tooltip } from "antd";
import { PanelLeftClose, PanelLeftOpen } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useRead } from "../backend/query";
import { useRights } from "../components/rights";
import { AREAS } from "./areas";

export function SideNav() {
  const { t } = useTranslation();
  const [collapsed, setCollapsed] = useState(false);
  const may = useRights();
  const state = useRead("get_status", {}).data?.state;
  // A store that cannot be opened says so on every page; who is signed out has no page yet.
  const shown = AREAS.filter(({ needs }) => (state === "signed_out" ? false : state === "unavailable" || may(needs)));
  const toggle = collapsed ? t("frame.nav.expand") : t("frame.nav.collapse");
  const ToggleIcon = collapsed ? PanelLeftOpen : PanelLeftClose;
  return (
    <nav className={collapsed ? "side-nav side-nav-collapsed" : "side-nav"} aria-label={t("frame.nav.label")}>
      <div className="side-nav-brand">
        <Mark />
        <span className="side-nav-word">{t("common.product")}</span>
      </div>
      <ul>
        {shown.map(({ name, to, Icon }) => (
          <li key={name}>
            <Tooltip title={collapsed ? t(`frame.nav.${name}`) : undefined} placement="right">
              <Link
                to={to}
                className="side-nav-link"
                activeProps={{ "aria-current": "page" }}
                activeOptions={{ exact: to === "/", includeSearch: false }}
                data-testid={`nav-${name}`}
                aria-label={t(`frame.nav.${name}`)}
              >
                <Icon size={17} strokeWidth={1.75} aria-hidden />
                <span className="side-nav-word">{t(`frame.nav.${name}`)}</span>
              </Link>
            </Tooltip>
          </li>
        ))}
      </ul>
      <button
        type="button"
        className="side-nav-link side-nav-toggle"
        onClick={() => setCollapsed(!collapsed)}
        aria-label={toggle}
        aria-expanded={!collapsed}
      >
        <ToggleIcon size={17} strokeWidth={1.75} aria-hidden />
        <span className="side-nav-word">{toggle}</span>
      </button>
    </nav>
  );
}

/** The product's mark, as icons/icon.svg draws it. */
function Mark() {
  return (
    <svg width="26" height="26" viewBox="64 64 896 896" aria-hidden>
      <defs>
        <linearGradient id="mark-ink" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#3A6AE6" />
          <stop offset="1" stopColor="#2456D6" />
        </linearGradient>
      </defs>
      <rect x="64" y="64" width="896" height="896" rx="200" fill="url(#mark-ink)" />
      <g stroke="#FFFFFF" strokeWidth="84" strokeLinecap="round" fill="none">
        <path d="M232 756 H792 M252 500 L312 636 M428 396 V740 M596 272 V740 M784 404 L708 636" />
      </g>
    </svg>
  );
}
