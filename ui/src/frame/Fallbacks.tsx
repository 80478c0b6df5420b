/** Pages for what should not happen: an unknown address, a page that failed. */
import { Link, type ErrorComponentProps } from "@tanstack/react-router";
import { Button } from "antd";
import { useTranslation } from "react-i18next";

import { EmptyState, Page } from "../components/Page";

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Page title={t("frame.notFound.title")}>
      <EmptyState
        title={t("frame.notFound.text")}
        action={<Link to="/">{t("frame.notFound.home")}</Link>}
      />
    </Page>
  );
}

export function Crash({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  return (
    <Page title={t("frame.crash.title")}>
      <div role="alert">
        <p>{t("frame.crash.text")}</p>
        <details>
          <summary>{t("common.technical")}</summary>
          <pre className="quiet">{error instanceof Error ? error.message : String(error)}</pre>
        </details>
        <Button onClick={reset}>{t("frame.crash.reload")}</Button>
      </div>
    </Page>
  );
}
