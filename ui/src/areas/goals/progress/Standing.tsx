/** How far it is: today's number, goal, goal to date, actual and pace, and where the period will land. */
import { useTranslation } from "react-i18next";

import type { GoalLanding, GoalProgress } from "../../../backend/generated";
import { Money, Percent } from "../../../components/figures";
import { formatDate, formatMoney, parseExact } from "../../../components/format";
import { useWord } from "../../../i18n";
import { Light } from "./Light";

export function Standing({ progress }: { progress: GoalProgress }) {
  const { t } = useTranslation();
  const word = useWord();
  const money = (amount: string) => ({ amount, currency: progress.currency });
  const [done, all] = progress.working_days;
  return (
    <section className="goal-standing section" aria-label={t("goalProgress.standing")} data-testid="goal-standing">
      <div className="goal-today">
        <span className="quiet">
          {progress.name} · {progress.period_label}
        </span>
        <h2>{t("goalProgress.today")}</h2>
        <strong data-testid="goal-today">{progress.today === null ? "—" : formatMoney(money(progress.today))}</strong>
        <span className="quiet">
          {progress.today === null ? t("goalProgress.noDaysLeft") : t("goalProgress.todayExplained", { left: formatMoney(money(progress.left)), days: String(progress.days_left) })}
        </span>
      </div>
      <div className="goal-standing-rest">
        <dl className="goal-figures">
          <div>
            <dt>{t("goalProgress.goal")}</dt>
            <dd data-testid="progress-goal"><Money value={money(progress.goal)} /></dd>
          </div>
          <div>
            <dt>{t("goalProgress.toDate")}</dt>
            <dd><Money value={money(progress.to_date)} /></dd>
          </div>
          <div>
            <dt>{t("goalProgress.actual")}</dt>
            <dd><Money value={money(progress.actual)} /></dd>
          </div>
          <div>
            <dt>{t("goalProgress.pace")}</dt>
            <dd className="goal-pace" data-testid="goal-pace">
              <Percent value={progress.pace} />
              {progress.light && <Light light={progress.light} group="pace" />}
              {progress.no_pace && <span className="quiet">{word("goalProgress.noPace", progress.no_pace)}</span>}
            </dd>
          </div>
          <div>
            <dt>{t("goalProgress.days")}</dt>
            <dd className="figure">{t("goalProgress.daysOf", { done: String(done), all: String(all) })}</dd>
          </div>
          <div>
            <dt>{t("goalProgress.landing")}</dt>
            <dd data-testid="goal-landing">
              <Landing landing={progress.landing} currency={progress.currency} asOf={progress.as_of} />
            </dd>
          </div>
        </dl>
        <Bullet progress={progress} />
        <p className="quiet">{t("goalProgress.asOf", { day: formatDate(progress.as_of) })}</p>
      </div>
    </section>
  );
}

/** The landing takes today's deals too, so it may be of a later day than the results. */
function Landing({ landing, currency, asOf }: { landing: GoalLanding | null; currency: string; asOf: string }) {
  const { t } = useTranslation();
  const money = (amount: string) => formatMoney({ amount, currency });
  if (!landing) return <span className="quiet">{t("goalProgress.noLanding")}</span>;
  const known = landing.lower !== null && landing.upper !== null;
  return (
    <>
      <Money value={{ amount: landing.expected, currency }} />
      <span className="quiet goal-interval">
        {known ? t("goalProgress.interval", { lower: money(landing.lower ?? ""), upper: money(landing.upper ?? "") }) : t("goalProgress.noInterval")}
      </span>
      {landing.as_of !== asOf && <span className="quiet goal-interval">{t("goalProgress.landingAsOf", { day: formatDate(landing.as_of) })}</span>}
    </>
  );
}

/** The same figures on one scale: actual as a bar, goal to date and goal as marks, the landing as a band. */
function Bullet({ progress }: { progress: GoalProgress }) {
  const { t } = useTranslation();
  const { landing } = progress;
  const values = [progress.goal, progress.actual, progress.to_date, landing?.expected, landing?.upper];
  const end = Math.max(1, ...values.map((value) => drawn(value ?? "0"))) * 1.05;
  const x = (text: string) => Math.max(0, (drawn(text) / end) * 100);
  const money = (amount: string) => formatMoney({ amount, currency: progress.currency });
  const name = t("goalProgress.picture", { actual: money(progress.actual), toDate: money(progress.to_date), goal: money(progress.goal) });
  return (
    <figure className="goal-bullet">
      <svg viewBox="0 0 100 16" preserveAspectRatio="none" role="img" aria-label={name}>
        <rect className="goal-bullet-track" width="100" height="16" />
        {landing?.lower && landing.upper && (
          <rect className="goal-bullet-band" x={x(landing.lower)} width={Math.max(0.4, x(landing.upper) - x(landing.lower))} height="16" />
        )}
        <rect className="goal-bullet-actual" width={x(progress.actual)} y="4" height="8" />
        <line className="goal-bullet-date" x1={x(progress.to_date)} x2={x(progress.to_date)} y1="1" y2="15" vectorEffect="non-scaling-stroke" />
        <line className="goal-bullet-goal" x1={x(progress.goal)} x2={x(progress.goal)} y1="0" y2="16" vectorEffect="non-scaling-stroke" />
      </svg>
      <figcaption className="goal-bullet-key quiet">
        <span><i className="key-actual" aria-hidden /> {t("goalProgress.actual")}</span>
        <span><i className="key-date" aria-hidden /> {t("goalProgress.toDate")}</span>
        <span><i className="key-goal" aria-hidden /> {t("goalProgress.goal")}</span>
        {landing?.lower && <span><i className="key-band" aria-hidden /> {t("goalProgress.landing")}</span>}
      </figcaption>
    </figure>
  );
}

/** For a place in a picture, never for an amount. */
function drawn(text: string): number {
  const exact = parseExact(text);
  return exact ? Number(exact.n) / Number(exact.d) : 0;
}
