/** Language and theme, both switched at once. */
import { Dropdown } from "antd";
import { Languages, Moon, Sun } from "lucide-react";
import { useTranslation } from "react-i18next";

import { usePreferences } from "../components/preferences";

export function AppearanceMenu() {
  const { t } = useTranslation();
  const { language, mode, chosenMode, setLanguage, setMode } = usePreferences();
  const other = language === "zh-CN" ? "en" : "zh-CN";
  const ModeIcon = mode === "dark" ? Moon : Sun;
  return (
    <div className="top-bar-icons">
      <button
        type="button"
        className="icon-button"
        data-testid="lang-switch"
        data-language={language}
        aria-label={`${t("frame.menu.language")}: ${t(other === "en" ? "frame.menu.en" : "frame.menu.zh")}`}
        title={t(other === "en" ? "frame.menu.en" : "frame.menu.zh")}
        onClick={() => setLanguage(other)}
      >
        <Languages size={17} strokeWidth={1.75} aria-hidden />
      </button>
      <Dropdown
        trigger={["click"]}
        placement="bottomRight"
        menu={{
          selectable: true,
          selectedKeys: [chosenMode ?? "system"],
          items: (["system", "light", "dark"] as const).map((key) => ({
            key,
            label: <span data-testid={`theme-${key}`}>{t(`frame.menu.${key}`)}</span>,
          })),
          onClick: ({ key }) => setMode(key === "light" || key === "dark" ? key : null),
        }}
      >
        <button
          type="button"
          className="icon-button"
          data-testid="theme-switch"
          data-mode={mode}
          aria-label={t("frame.menu.theme")}
          title={t("frame.menu.theme")}
        >
          <ModeIcon size={17} strokeWidth={1.75} aria-hidden />
        </button>
      </Dropdown>
    </div>
  );
}
