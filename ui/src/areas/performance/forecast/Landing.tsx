/** Where the period lands: its parts as a bar with the goal, warnings, how earlier ones turned out, the deals. */
import { AlertTriangle, CheckCircle2, HelpCircle } from "lucide-react";
import { useTranslation } from "react-i18next";

import type { LandingRow, LandingView, PastLanding, Warning } from "../../../backend/generated";
import { useLook } from "../../../charts/useLook";
import { DataTable, type Column } from "../../../components/DataTable";
import { compareExact, currencySymbol, formatDate, formatDecimal, formatPercent } from "../../../components/format";
import { Notes } from "../../../components/MessageText";
import { EmptyState, Section } from "../../../components/Page";
import { useSay } from "../../../i18n/say";
import { LandingDeals } from "./LandingDeals";

export function Landing({ view }: { view: LandingView }) {
  const { t } = useTranslation();
  const [passed, days] = view.working_days;
  return (
    <>
      <Section
        title={t("performance.forecast.landingOf", { period: view.period_label, unit: view.unit_name })}
        context={t("performance.forecast.asOf", { day: formatDate(view.as_of), passed, days })}
        testId="landing"
      >
        {view.total ? (
          <Bar view={view} total={view.total} />
        ) : (
          <EmptyState title={t("performance.forecast.nothing")} text={t("performance.forecast.nothingText")} />
        )}
      </Section>
      <Notes messages={view.notes} />
      {view.warnings.length > 0 && <Warnings warnings={view.warnings} />}
      {view.rows.length > 0 && <Parts view={view} />}
      {view.total && <Past view={view} />}
      {view.total && <LandingDeals view={view} />}
    </>
  );
}

const PARTS = [
  ["won", "won"],
  ["open", "open"],
  ["new", "notOpened"],
] as const;

/** Widths only; what is written is exact. */
const size = (text: string | null) => Math.max(0, Number(text ?? 0));

function Bar({ view, total }: { view: LandingView; total: LandingRow }) {
  const { t } = useTranslation();
  const look = useLook(false);
  const symbol = currencySymbol(view.currency).trim();
  const widest = Math.max(size(total.landing), size(total.upper), size(total.goal), 1);
  const share = (text: string | null) => `${(100 * size(text)) / widest}%`;
  const colours = [look.palette.series[0], look.palette.series[1], look.palette.series[2]];
  return (
    <div className="landing">
      <div className="landing-bar" role="img" aria-label={`${t("performance.forecast.landed")} ${symbol}${formatDecimal(total.landing)}`}>
        {PARTS.map(([key, word], index) => (
          <span key={key} title={t(`performance.forecast.${word}`)} style={{ width: share(total[key]), background: colours[index] }} />
        ))}
        {total.lower !== null && total.upper !== null && (
          <i
            className="landing-interval"
            title={t("performance.forecast.interval")}
            style={{ left: share(total.lower), width: `calc(${share(total.upper)} - ${share(total.lower)})`, borderColor: look.palette.text }}
          />
        )}
        {total.goal !== null && (
          <i className="landing-goal" title={t("performance.forecast.goal")} style={{ left: share(total.goal), borderColor: look.palette.goal }} />
        )}
      </div>
      <dl className="landing-parts">
        {PARTS.map(([key, word], index) => (
          <div key={key}>
            <dt>
              <span className="landing-key" style={{ background: colours[index] }} aria-hidden />
              {t(`performance.forecast.${word}`)}
            </dt>
            <dd className="figure" data-testid={`landing-${key}`}>{`${symbol}${formatDecimal(total[key])}`}</dd>
          </div>
        ))}
        <div>
          <dt>{t("performance.forecast.landed")}</dt>
          <dd className="figure landing-total" data-testid="landing-total">{`${symbol}${formatDecimal(total.landing)}`}</dd>
        </div>
        <div>
          <dt>{t("performance.forecast.interval")}</dt>
          <dd className="figure" data-testid="landing-interval">
            {total.lower !== null && total.upper !== null
              ? t("performance.forecast.range", { lower: formatDecimal(total.lower), upper: formatDecimal(total.upper) })
              : t("performance.forecast.noInterval")}
          </dd>
        </div>
        {total.goal !== null && (
          <div>
            <dt>{t("performance.forecast.goal")}</dt>
            <dd className="figure">{`${symbol}${formatDecimal(total.goal)}`}</dd>
          </div>
        )}
        {total.attainment !== null && (
          <div>
            <dt>{t("performance.forecast.attainment")}</dt>
            <dd className="figure">{formatPercent(total.attainment)}</dd>
          </div>
        )}
      </dl>
      <p className="quiet landing-explain">{t("performance.forecast.explain")}</p>
    </div>
  );
}

const KINDS = ["pace", "coverage", "change"] as const;
const STATES = { ok: CheckCircle2, warn: AlertTriangle, unknown: HelpCircle };

function Warnings({ warnings }: { warnings: readonly Warning[] }) {
  const { t } = useTranslation();
  const say = useSay();
  return (
    <Section title={t("performance.forecast.warnings")} testId="landing-warnings">
      <ul className="landing-warnings">
        {warnings.map((warning) => {
          const state = warning.state === "warn" || warning.state === "ok" ? warning.state : "unknown";
          const kind = KINDS.find((one) => one === warning.kind);
          const Icon = STATES[state];
          return (
            <li key={warning.kind} className={`landing-${state}`}>
              <Icon size={16} aria-hidden />
              <strong>
                {kind ? t(`performance.forecast.kinds.${kind}`) : warning.kind} · {t(`performance.forecast.states.${state}`)}
              </strong>
              <span>{say(warning.message)}</span>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

function Parts({ view }: { view: LandingView }) {
  const { t } = useTranslation();
  const symbol = currencySymbol(view.currency).trim();
  const figure = (key: "won" | "open" | "new" | "landing" | "lower" | "upper" | "goal", title: string): Column<LandingRow> => ({
    key,
    title: `${title} ${symbol}`,
    width: 140,
    numeric: true,
    compare: (a, b) => compareExact(a[key] ?? "0", b[key] ?? "0"),
    text: (row) => formatDecimal(row[key]),
    total: formatDecimal(view.total?.[key]),
  });
  const columns: Column<LandingRow>[] = [
    {
      key: "part",
      title: t("performance.forecast.unit"),
      text: (row) => `${"　".repeat(Math.max(0, row.depth - 1))}${row.label}${row.staff_number === null ? "" : ` ${row.staff_number}`}`,
      total: view.unit_name,
    },
    figure("won", t("performance.forecast.won")),
    figure("open", t("performance.forecast.open")),
    figure("new", t("performance.forecast.notOpened")),
    figure("landing", t("performance.forecast.landed")),
    figure("lower", t("performance.forecast.lower")),
    figure("upper", t("performance.forecast.upper")),
    figure("goal", t("performance.forecast.goal")),
  ];
  return (
    <Section title={t("performance.forecast.landing")} flush testId="landing-rows">
      <DataTable label={t("performance.forecast.landing")} columns={columns} rows={view.rows} rowKey={(row) => row.key} />
    </Section>
  );
}

function Past({ view }: { view: LandingView }) {
  const { t } = useTranslation();
  const symbol = currencySymbol(view.currency).trim();
  const held = view.past.filter((one) => one.held).length;
  const figure = (key: "landing" | "lower" | "upper" | "actual", title: string): Column<PastLanding> => ({
    key,
    title: `${title} ${symbol}`,
    numeric: true,
    text: (row) => formatDecimal(row[key]),
  });
  const columns: Column<PastLanding>[] = [
    { key: "period", title: t("performance.forecast.period"), text: (row) => row.label },
    { key: "day", title: t("performance.forecast.day"), text: (row) => formatDate(row.as_of) },
    figure("landing", t("performance.forecast.landed")),
    figure("lower", t("performance.forecast.lower")),
    figure("upper", t("performance.forecast.upper")),
    figure("actual", t("performance.forecast.actual")),
    { key: "off", title: t("performance.forecast.off"), width: 90, numeric: true, text: (row) => formatPercent(row.off) },
    { key: "held", title: t("performance.forecast.held"), width: 90, text: (row) => t(row.held ? "performance.forecast.yes" : "performance.forecast.no") },
  ];
  return (
    <Section
      title={t("performance.forecast.past")}
      context={view.past.length > 0 ? t("performance.forecast.pastHeld", { held, count: view.past.length }) : t("performance.forecast.pastNone")}
      flush
      testId="landing-past"
    >
      {view.past.length > 0 && (
        <DataTable label={t("performance.forecast.past")} columns={columns} rows={view.past} rowKey={(row) => row.period} maxHeight={340} />
      )}
    </Section>
  );
}
