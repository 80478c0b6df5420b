/** The whole window: preferences, Ant Design's configuration, router. */
import { RouterProvider } from "@tanstack/react-router";
import { App as AntdApp, ConfigProvider } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import { useLayoutEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { antdTheme, applyMode } from "../theme";
import { PreferencesProvider, usePreferences } from "../components/preferences";
import { TOASTS } from "../components/useToast";
import { createAppRouter } from "./router";

type AppRouter = ReturnType<typeof createAppRouter>;

/** Tests give a router of their own; the window makes one. */
export function App({ router }: { router?: AppRouter }) {
  return (
    <PreferencesProvider>
      <Window given={router} />
    </PreferencesProvider>
  );
}

/** Tauri's nonce for Ant Design's style elements; empty in a plain browser. */
function styleNonce(): string | undefined {
  const element = document.getElementById("csp-nonce");
  return element?.nonce || element?.getAttribute("nonce") || undefined;
}

function Window({ given }: { given: AppRouter | undefined }) {
  const { language, mode } = usePreferences();
  const { i18n } = useTranslation();
  const [router] = useState(() => given ?? createAppRouter());
  const [nonce] = useState(styleNonce);
  // Before the paint, so that a switch of language or theme never flickers.
  useLayoutEffect(() => applyMode(mode), [mode]);
  useLayoutEffect(() => {
    document.documentElement.lang = language;
    dayjs.locale(language === "zh-CN" ? "zh-cn" : "en");
    void i18n.changeLanguage(language);
  }, [i18n, language]);
  const csp = useMemo(() => (nonce ? { nonce } : undefined), [nonce]);
  return (
    <ConfigProvider
      locale={language === "zh-CN" ? zhCN : enUS}
      theme={antdTheme(mode)}
      csp={csp}
      // A virtual list tells screen readers the codes of its options instead of their words. Lists that may be long say so.
      virtual={false}
      button={{ autoInsertSpace: false }}
    >
      <AntdApp component={false} notification={TOASTS}>
        <RouterProvider router={router} />
      </AntdApp>
    </ConfigProvider>
  );
}
