/** The list of what wants attention; each line leads to its place. */
import { Link } from "@tanstack/react-router";
import { Skeleton } from "antd";
import { Award, ChevronRight, CircleCheck, Database, FileWarning, Split, Stamp, Target, TriangleAlert, Users, type LucideIcon } from "lucide-react";
import { useTranslation } from "react-i18next";

import type { Status } from "../../backend/generated";
import { ErrorState } from "../../components/ErrorState";
import { formatCount } from "../../components/format";
import { Notes } from "../../components/MessageText";
import { periodLabel } from "../../components/period";
import { EmptyState, Section } from "../../components/Page";
import { useLanguage } from "../../i18n";
import { useSay } from "../../i18n/say";
import { useAttention, type Item } from "./useAttention";

const ICONS: Record<Item["code"], LucideIcon> = {
  no_data: Database,
  rejected: FileWarning,
  no_goal: Target,
  goal_not_split: Split,
  bonus_not_run: Award,
  bonus_waits: Stamp,
  no_target_bonus: Users,
  warning: TriangleAlert,
};

export function Attention({ status }: { status: Status }) {
  const { t } = useTranslation();
  const { items, loading, errors, retry } = useAttention(status);
  return (
    <Section title={t("home.attention.title")} testId="attention">
      {/* An unencrypted file is the state of this computer, not a task: the data card says it. */}
      {status.problem && status.problem.code !== "not_encrypted" && <Notes messages={[status.problem]} tone="warning" />}
      <Notes messages={status.warnings} tone="warning" />
      {errors.length > 0 && <ErrorState error={errors[0]} onRetry={retry} />}
      <ul className="attention-list">
        {items.map((item) => (
          <AttentionRow key={JSON.stringify(item)} item={item} />
        ))}
      </ul>
      {loading && <Skeleton active title={false} paragraph={{ rows: 2 }} />}
      {!loading && items.length === 0 && errors.length === 0 && (
        <EmptyState
          icon={<CircleCheck size={26} strokeWidth={1.5} aria-hidden />}
          title={t("home.attention.none")}
          text={t("home.attention.noneText")}
        />
      )}
    </Section>
  );
}

function AttentionRow({ item }: { item: Item }) {
  const { t } = useTranslation();
  const Icon = ICONS[item.code];
  const { title, text } = useWords(item);
  return (
    <li>
      <Link {...placeOf(item)} className="attention-row" data-testid={`attention-${item.code}${item.code === "warning" ? `-${item.kind}` : ""}`}>
        <Icon size={18} strokeWidth={1.5} aria-hidden />
        <span>
          <strong>{title}</strong>
          <span className="quiet">{text}</span>
        </span>
        <span className="attention-action">
          {t(`home.attention.action.${item.code}`)}
          <ChevronRight size={14} aria-hidden />
        </span>
      </Link>
    </li>
  );
}

function useWords(item: Item): { title: string; text: string } {
  const { t } = useTranslation();
  const language = useLanguage();
  const say = useSay();
  if (item.code === "warning") return { title: t(`home.attention.warning.${item.kind}`, { period: item.period }), text: say(item.message) };
  const text = t(`home.attention.text.${item.code}`);
  switch (item.code) {
    case "no_data":
      return { title: t("home.attention.no_data"), text };
    case "rejected":
      return { title: t("home.attention.rejected", { count: item.rows, rows: formatCount(item.rows) }), text };
    case "no_goal":
      return { title: t("home.attention.no_goal", { year: String(item.year) }), text };
    case "goal_not_split":
      return { title: t("home.attention.goal_not_split", { year: String(item.year) }), text };
    case "bonus_not_run":
      return { title: t("home.attention.bonus_not_run", { period: periodLabel(item.quarter, t, language) }), text };
    case "bonus_waits":
      return { title: t("home.attention.bonus_waits", { period: periodLabel(item.period, t, language) }), text };
    case "no_target_bonus":
      return { title: t("home.attention.no_target_bonus", { count: item.people, people: formatCount(item.people) }), text };
  }
}

/** Where an item is dealt with. The period and unit of the top bar go along. */
function placeOf(item: Item) {
  const keep = (more: Record<string, string>) => (old: Record<string, unknown>) => ({ ...old, ...more }) as never;
  switch (item.code) {
    case "no_data":
      return { to: "/data/import", search: keep({}) } as const;
    case "rejected":
      return { to: "/data", search: keep({ rejected: item.batch }) } as const;
    case "no_goal":
    case "goal_not_split":
      return { to: "/goals", search: keep({ year: String(item.year) }) } as const;
    case "bonus_not_run":
      return { to: "/bonus", search: keep({ period: item.quarter }) } as const;
    case "bonus_waits":
      return { to: "/bonus", search: keep({ period: item.period, plan: item.plan }) } as const;
    case "warning":
      return { to: "/performance/forecast", search: keep({}) } as const;
    case "no_target_bonus":
      return { to: "/settings", search: keep({ section: "bonuses" }) } as const;
  }
}
