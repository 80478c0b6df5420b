/** For whom a recalculation would change what, and why; and the button that makes adjustments of it. */
import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { Button, Drawer } from "antd";
import { useTranslation } from "react-i18next";

import { useBackend, type BackendError } from "../../../backend/backend";
import type { RestatedPerson, Restatement } from "../../../backend/generated";
import { useCommand } from "../../../backend/query";
import { ErrorState } from "../../../components/ErrorState";
import { currencySymbol, formatAmount, formatCount, signOf } from "../../../components/format";
import { Notes } from "../../../components/MessageText";
import { Answer, EmptyState } from "../../../components/Page";
import { periodLabel } from "../../../components/period";
import { useToast } from "../../../components/useToast";
import { useLanguage } from "../../../i18n";
import { useSay } from "../../../i18n/say";

interface Props {
  period: string;
  plan: string;
  onClose: () => void;
}

export function RestateDrawer({ period, plan, onClose }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const toast = useToast();
  const backend = useBackend();
  // Worked out anew each time it is opened, and never shown from before.
  const look = useQuery<Restatement, BackendError>({
    queryKey: ["restate_bonus", period, plan],
    queryFn: () => backend.call("restate_bonus", { period, plan, preview: true }),
    gcTime: 0,
    staleTime: 0,
  });
  const make = useCommand("restate_bonus");
  const people = look.data?.people.length ?? 0;
  const made = ({ version }: Restatement) => {
    toast.done(t("bonus.cycle.restate.done", { period: periodLabel(period, t, language), version }));
    onClose();
  };
  return (
    <Drawer
      open
      onClose={onClose}
      title={t("bonus.cycle.restate.title", { period: periodLabel(period, t, language) })}
      size={860}
      data-testid="restate"
      footer={
        people > 0 && (
          <span className="drawer-actions">
            <Link to="/bonus/adjustments">
              <Button tabIndex={-1}>{t("bonus.cycle.restate.toAdjustments")}</Button>
            </Link>
            <Button type="primary" disabled={!look.data?.into} loading={make.isPending} onClick={() => make.mutate({ period, plan, preview: false }, { onSuccess: made })} data-testid="restate-make">
              {t("bonus.cycle.restate.make", { count: people, people: formatCount(people) })}
            </Button>
          </span>
        )
      }
    >
      <p className="quiet">{t("bonus.cycle.restate.explain")}</p>
      <Answer query={look}>
        {(data) => (
          <>
            <Notes messages={data.notes} tone="warning" />
            {data.people.length === 0 ? <EmptyState title={t("bonus.cycle.restate.none")} /> : <Changes data={data} />}
          </>
        )}
      </Answer>
      {make.error && <ErrorState error={make.error} />}
    </Drawer>
  );
}

function Changes({ data: { people, total, into } }: { data: Restatement }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const say = useSay();
  const symbol = currencySymbol(total.currency).trim();
  return (
    <>
      <p className="restate-into">{into ? t("bonus.cycle.restate.into", { period: periodLabel(into, t, language) }) : t("bonus.cycle.restate.nowhere")}</p>
      <table className="plain-table restate-table" aria-label={t("bonus.cycle.restate.table")} data-testid="restate-people">
        <thead>
          <tr>
            <th scope="col">{t("bonus.cycle.restate.person")}</th>
            <th scope="col" className="number">{t("bonus.cycle.restate.settled", { symbol })}</th>
            <th scope="col" className="number">{t("bonus.cycle.restate.now", { symbol })}</th>
            <th scope="col" className="number">{t("bonus.cycle.restate.difference", { symbol })}</th>
            <th scope="col">{t("bonus.cycle.restate.causes")}</th>
          </tr>
        </thead>
        <tbody>
          {people.map((one) => (
            <tr key={one.person} data-testid={`restate-${one.person}`}>
              <th scope="row">{one.name}</th>
              <td className="number figure">{formatAmount(one.settled)}</td>
              <td className="number figure">{formatAmount(one.now)}</td>
              <td className="number"><Difference value={one.difference} /></td>
              <td className="restate-causes">{one.causes.map(say).join(" · ") || "—"}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={3}>{t("common.total")}</th>
            <td className="number"><Difference value={total} /></td>
            <td aria-label={t("bonus.cycle.restate.causes")} />
          </tr>
        </tfoot>
      </table>
    </>
  );
}

/** Up and down by arrow, sign and colour. */
export function Difference({ value }: { value: RestatedPerson["difference"] }) {
  const sign = signOf(value.amount);
  if (sign === 0) return <span className="figure">{formatAmount(value)}</span>;
  return (
    <span className={sign > 0 ? "figure change-up" : "figure change-down"}>
      <span aria-hidden>{sign > 0 ? "↑" : "↓"}</span> {sign > 0 ? "+" : ""}
      {formatAmount(value)}
    </span>
  );
}
