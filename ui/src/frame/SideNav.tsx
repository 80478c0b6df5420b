/** The areas, as icon and word; collapsible to the icons. */
import { Link } from "@tanstack/react-router";
import { Tooltip } from "antd";
import { Award, ChartColumn, Database, House, PanelLeftClose, PanelLeftOpen, Settings, Target } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

const AREAS = [
  { name: "home", to: "/", Icon: House },
  { name: "goals", to: "/goals", Icon: Target },
  { name: "performance", to: "/performance", Icon: ChartColumn },
  { name: "bonus", to: "/bonus", Icon: Award },
  { name: "data", to: "/data", Icon: Database },
  { name: "settings", to: "/settings", Icon: Settings },
] as const;

export function SideNav() {
  const { t } = useTranslation();
  const [collapsed, setCollapsed] = useState(false);
  const toggle = collapsed ? t("frame.nav.expand") : t("frame.nav.collapse");
  const ToggleIcon = collapsed ? PanelLeftOpen : PanelLeftClose;
  return (
    <nav className={collapsed ? "side-nav side-nav-collapsed" : "side-nav"} aria-label={t("frame.nav.label")}>
      <div className="side-nav-brand">
        <Mark />
        <span className="side-nav-word">{t("common.product")}</span>
      </div>
      <ul>
        {AREAS.map(({ name, to, Icon }) => (
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

/** The product's mark: three bars that rise past a line. */
function Mark() {
  return (
    <svg width="24" height="24" viewBox="0 0 24 24" aria-hidden>
      <rect width="24" height="24" rx="6" fill="var(--accent)" />
      <rect x="5.5" y="13" width="3" height="5.5" rx="1" fill="var(--on-accent)" opacity="0.65" />
      <rect x="10.5" y="9.5" width="3" height="9" rx="1" fill="var(--on-accent)" opacity="0.85" />
      <rect x="15.5" y="5.5" width="3" height="13" rx="1" fill="var(--on-accent)" />
    </svg>
  );
}
