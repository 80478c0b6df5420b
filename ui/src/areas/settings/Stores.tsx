/** Several companies: the stores that were open before, and going to another. */
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { useTranslation } from "react-i18next";

import type { KnownStore, Status } from "../../backend/generated";
import { useBackend } from "../../backend/backend";
import { startAnew, useCommand, useRead } from "../../backend/query";
import { ErrorState } from "../../components/ErrorState";
import { Answer, Section } from "../../components/Page";

export function Stores() {
  const { t } = useTranslation();
  const stores = useRead("list_stores", {});
  const change = useSwitched();
  const pick = useCommand("pick_store");
  const go = useCommand("switch_store");
  return (
    <Section title={t("settings.stores.title")} context={t("settings.stores.context")}>
      <Answer query={stores}>
        {(known) => (
          <ul className="stores" data-testid="stores">
            {known.map((store) => (
              <StoreLine
                key={store.path}
                store={store}
                pending={go.isPending}
                onOpen={() => go.mutate({ path: store.path }, { onSuccess: change })}
              />
            ))}
          </ul>
        )}
      </Answer>
      {go.error && <ErrorState error={go.error} />}
      <Button onClick={() => pick.mutate({}, { onSuccess: (status) => status && change(status) })} loading={pick.isPending} data-testid="store-pick">
        {t("settings.stores.pick")}
      </Button>
      {pick.error && <ErrorState error={pick.error} />}
    </Section>
  );
}

function StoreLine({ store, pending, onOpen }: { store: KnownStore; pending: boolean; onOpen: () => void }) {
  const { t } = useTranslation();
  return (
    <li className="settings-line">
      <div>
        <strong>{store.name}</strong>
        <p className="quiet unavailable-path">{store.path}</p>
      </div>
      {store.present && <span className="quiet">{t("settings.stores.present")}</span>}
      {!store.present && store.exists && (
        <Button onClick={onOpen} loading={pending} data-testid="store-open">
          {t("settings.stores.open")}
        </Button>
      )}
      {!store.exists && <span className="quiet">{t("settings.stores.gone")}</span>}
    </li>
  );
}

/** Another company: nothing of the one before stays in the window, and the start page is shown. */
function useSwitched() {
  const backend = useBackend();
  const client = useQueryClient();
  const navigate = useNavigate();
  return (status: Status) => {
    startAnew(backend, client, status);
    void navigate({ to: "/" });
  };
}
