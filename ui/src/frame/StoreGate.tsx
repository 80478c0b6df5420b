/** What a page may show: nothing of a store that is not open, the door of one that wants a sign-in, and of an empty one only the ways in. */
import { Link, useLocation } from "@tanstack/react-router";
import { Button } from "antd";
import { ShieldAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { Status } from "../backend/generated";
import { useRead } from "../backend/query";
import { EmptyState, Page, Section } from "../components/Page";
import { RestoreBackup } from "../components/RestoreBackup";
import { useSay } from "../i18n/say";
import { SignIn } from "./SignIn";
import { NewStore, UnlockStore } from "./StoreEntry";

/** Areas that make sense without any data. */
const WITHOUT_DATA = ["/", "/data", "/data/import", "/settings"];

export function StoreGate({ status, children }: { status: Status; children: ReactNode }) {
  const { pathname } = useLocation();
  if (status.state === "new") return <NewStore status={status} />;
  if (status.state === "locked") return <UnlockStore status={status} />;
  if (status.state === "unavailable" && pathname !== "/settings") return <Unavailable status={status} />;
  if (status.state === "signed_out") return <SignIn />;
  if (status.state === "empty" && !WITHOUT_DATA.includes(pathname)) return <NoData />;
  return <>{children}</>;
}

/** The store could not be opened. It stays as it is: nothing here writes or offers to start anew. */
function Unavailable({ status }: { status: Status }) {
  const { t } = useTranslation();
  const say = useSay();
  const { refetch, isFetching } = useRead("get_status", {});
  const path = status.problem?.params["path"];
  // A file of a newer program is whole: an older backup would only lose what came since.
  const isWhole = status.problem?.code === "store_newer";
  return (
    <Page title={t("frame.unavailable.title")} narrow>
      <Section testId="store-unavailable">
        <div className="unavailable" role="alert" data-code={status.problem?.code}>
          <ShieldAlert size={28} strokeWidth={1.5} aria-hidden />
          <div>
            <p className="unavailable-reason">
              {status.problem ? say(status.problem) : t("frame.unavailable.unknown")}
            </p>
            {path && <p className="quiet unavailable-path">{path}</p>}
            <p>{t("frame.unavailable.safe")}</p>
            <ol>
              <li>{t("frame.unavailable.stepRead")}</li>
              {!isWhole && <li>{t("frame.unavailable.stepBackup")}</li>}
              <li>{t("frame.unavailable.stepAsk")}</li>
            </ol>
            <div className="entry-others">
              <Button onClick={() => void refetch()} loading={isFetching} data-testid="store-retry">
                {t("common.retry")}
              </Button>
              {!isWhole && <RestoreBackup />}
            </div>
          </div>
        </div>
      </Section>
    </Page>
  );
}

function NoData() {
  const { t } = useTranslation();
  return (
    <Page title={t("frame.noData.title")}>
      <Section>
        <EmptyState
          title={t("frame.noData.text")}
          action={
            <Link to="/" data-testid="to-start">
              {t("frame.noData.action")}
            </Link>
          }
        />
      </Section>
    </Page>
  );
}
