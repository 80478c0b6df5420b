/** The KPIs of a result, each with actual, goal, attainment, weight and contribution; below them the total and why something is missing. */
import { useTranslation } from "react-i18next";

import type { ScorecardOf, ScorecardResultKpi } from "../../../backend/generated";
import { AttainmentBar } from "../../../components/AttainmentBar";
import { MISSING } from "../../../components/format";
import { MessageText } from "../../../components/MessageText";
import { useLanguage } from "../../../i18n";
import { both } from "../../../i18n/both";
import { shownText } from "./exact";
import { Kpi } from "./Kpi";
import { Source } from "./Source";

interface Props {
  of: ScorecardOf;
  period: string;
  onRecords: (kpi: ScorecardResultKpi) => void;
  onWhy: (kpi: ScorecardResultKpi) => void;
}

const NUMBERS = ["actual", "goal", "attainment", "weight", "contribution"] as const;

export function ResultTable({ of, period, onRecords, onWhy }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <div className="kpi-scroll">
        <table className="plain-table kpi-result-table" aria-label={of.name} data-testid="scorecard-table">
          <thead>
            <tr>
              <th scope="col">{t("scorecards.result.kpi")}</th>
              {NUMBERS.map((key) => (
                <th key={key} scope="col" className="number">{t(`scorecards.result.${key}`)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {of.kpis.map((kpi) => (
              <Row key={kpi.metric} kpi={kpi} period={period} onRecords={onRecords} onWhy={onWhy} />
            ))}
          </tbody>
          <Total of={of} />
        </table>
      </div>
      <Calculation of={of} />
      <MissingKpis of={of} />
    </>
  );
}

function Row({ kpi, period, onRecords, onWhy }: { kpi: ScorecardResultKpi } & Omit<Props, "of">) {
  const { t } = useTranslation();
  const language = useLanguage();
  const name = both(kpi.name, language);
  return (
    <tr data-testid={`scorecard-${kpi.metric}`}>
      <th scope="row">
        <Kpi metric={kpi.metric} name={kpi.name} direction={kpi.direction} unit={kpi.unit} />
      </th>
      <td className="number">
        {kpi.actual_shown === null ? (
          <span className="figure">{MISSING}</span>
        ) : (
          <button type="button" className="figure-button figure" aria-label={`${t("scorecards.result.records", { name })}: ${shownText(kpi.actual_shown)}`} onClick={() => onRecords(kpi)} data-testid={`actual-${kpi.metric}`}>
            {shownText(kpi.actual_shown)}
          </button>
        )}
      </td>
      <td className="number">
        {kpi.goal === null ? (
          <span className="figure">{MISSING}</span>
        ) : (
          <>
            <button type="button" className="figure-button figure" aria-label={`${t("scorecards.result.explain", { name })}: ${shownText(kpi.goal.shown)}`} onClick={() => onWhy(kpi)} data-testid={`goal-${kpi.metric}`}>
              {shownText(kpi.goal.shown)}
            </button>
            <span className="kpi-sub quiet"><Source goal={kpi.goal} period={period} /></span>
          </>
        )}
      </td>
      <td className="number">
        {kpi.attainment_shown === null ? (
          <span className="kpi-reason quiet">{kpi.reason ? <MessageText message={kpi.reason} /> : MISSING}</span>
        ) : (
          <span className="kpi-attainment">
            <span className="figure">{kpi.attainment_shown}</span>
            <AttainmentBar value={kpi.attainment} label={name} />
            {kpi.is_capped && <span className="kpi-sub quiet">{t("scorecards.result.capped", { cap: kpi.cap_shown ?? "" })}</span>}
          </span>
        )}
      </td>
      <td className="number figure">{kpi.weight_shown}</td>
      <td className="number figure">{kpi.contribution_shown ?? MISSING}</td>
    </tr>
  );
}

/** The total; where there is none, the sum of what there is stands beside its weight, never scaled up. */
function Total({ of }: { of: ScorecardOf }) {
  const { t } = useTranslation();
  return (
    <tfoot>
      {of.missing.length > 0 && (
        <tr className="kpi-present" data-testid="scorecard-present">
          <th scope="row" colSpan={5}>{t("scorecards.result.present", { weight: of.present_weight_shown ?? MISSING })}</th>
          <td className="number figure">{of.present_shown ?? MISSING}</td>
        </tr>
      )}
      <tr data-testid="scorecard-total">
        <th scope="row" colSpan={4}>{of.total_shown === null ? t("scorecards.result.noTotal") : t("scorecards.result.total")}</th>
        <td className="number figure">{of.total_shown === null ? "" : "100%"}</td>
        <td className="number figure kpi-total">{of.total_shown ?? MISSING}</td>
      </tr>
    </tfoot>
  );
}

/** Weight times attainment, summed: the total as it is made. */
function Calculation({ of }: { of: ScorecardOf }) {
  const { t } = useTranslation();
  const counted = of.kpis.filter(({ contribution }) => contribution !== null);
  if (counted.length === 0) return null;
  const terms = counted.map((kpi) => `${kpi.weight_shown} × ${kpi.attainment_shown}`).join(" + ");
  return (
    <p className="kpi-calculation">
      <span className="quiet">{t("scorecards.result.calculation")}</span> <span className="figure">{`${terms} = ${of.total_shown ?? of.present_shown}`}</span>
    </p>
  );
}

function MissingKpis({ of }: { of: ScorecardOf }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const missing = of.kpis.filter(({ metric }) => of.missing.includes(metric));
  if (missing.length === 0) return null;
  return (
    <div className="kpi-missing" data-testid="scorecard-missing">
      <h3>{t("scorecards.result.missing")}</h3>
      <ul className="notes notes-warning">
        {missing.map((kpi) => (
          <li key={kpi.metric}>
            <strong>{both(kpi.name, language)}</strong> ({kpi.weight_shown}){kpi.reason && <> · <MessageText message={kpi.reason} /></>}
          </li>
        ))}
      </ul>
    </div>
  );
}
