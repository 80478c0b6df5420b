/** Language and theme, switched at once; "system" follows the computer. */
import { Segmented } from "antd";
import { useTranslation } from "react-i18next";

import { Section } from "../../components/Page";
import { usePreferences } from "../../components/preferences";

type LanguageChoice = "system" | "zh-CN" | "en";
type ModeChoice = "system" | "light" | "dark";

export function Appearance() {
  const { t } = useTranslation();
  const { chosenLanguage, chosenMode, setLanguage, setMode } = usePreferences();
  return (
    <Section title={t("settings.appearance.title")}>
      <div className="settings-line">
        <span id="language-label">{t("settings.appearance.language")}</span>
        <Segmented<LanguageChoice>
          aria-labelledby="language-label"
          data-testid="settings-language"
          value={chosenLanguage ?? "system"}
          onChange={(value) => setLanguage(value === "system" ? null : value)}
          options={[
            { value: "system", label: t("settings.appearance.system") },
            { value: "zh-CN", label: "简体中文" },
            { value: "en", label: "English" },
          ]}
        />
      </div>
      <div className="settings-line">
        <span id="theme-label">{t("settings.appearance.theme")}</span>
        <Segmented<ModeChoice>
          aria-labelledby="theme-label"
          data-testid="settings-theme"
          value={chosenMode ?? "system"}
          onChange={(value) => setMode(value === "system" ? null : value)}
          options={(["system", "light", "dark"] as const).map((value) => ({
            value,
            label: t(`settings.appearance.${value}`),
          }))}
        />
      </div>
    </Section>
  );
}
