/** Adjustments of bonuses: what was entered or came from a recalculation, and what a second person decides of it. */
import { Button, Segmented, Select } from "antd";
import { Plus, Scale } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { AdjustmentRow } from "../../../backend/generated";
import { useRead } from "../../../backend/query";
import { formatCount } from "../../../components/format";
import { Answer, EmptyState, Page } from "../../../components/Page";
import { periodLabel } from "../../../components/period";
import { useRights } from "../../../components/rights";
import { useSearchParam } from "../../../components/useSearchParam";
import { useLanguage } from "../../../i18n";
import { BonusNav } from "../BonusNav";
import { newestFirst } from "../bonusPeriod";
import { AddDrawer } from "./AddDrawer";
import { AdjustmentTable } from "./AdjustmentTable";
import "../bonus.css";
import "./adjustments.css";

const STATES = ["all", "waiting", "approved", "refused", "withdrawn"] as const;
type Filter = (typeof STATES)[number];

export default function AdjustmentsPage() {
  const { t } = useTranslation();
  const may = useRights();
  const list = useRead("list_bonus_adjustments", {});
  const [adding, setAdding] = useState(false);
  return (
    <Page
      title={t("bonus.title")}
      context={t("bonus.adjustments.context")}
      actions={
        may("run_bonus") && (
          <Button type="primary" icon={<Plus size={15} />} onClick={() => setAdding(true)} data-testid="adjustment-add">
            {t("bonus.adjustments.add")}
          </Button>
        )
      }
    >
      <BonusNav />
      <Answer query={list}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState icon={<Scale size={28} aria-hidden />} title={t("bonus.adjustments.none")} text={t("bonus.adjustments.noneText")} />
          ) : (
            <List rows={rows} />
          )
        }
      </Answer>
      {adding && <AddDrawer onClose={() => setAdding(false)} />}
    </Page>
  );
}

function List({ rows }: { rows: readonly AdjustmentRow[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [stateText, setState] = useSearchParam("state");
  const [of, setOf] = useSearchParam("of");
  const state: Filter = STATES.find((one) => one === stateText) ?? "all";
  const inPeriod = rows.filter((one) => of === null || one.period === of);
  const shown = inPeriod.filter((one) => state === "all" || one.state === state);
  const count = (one: Filter) => formatCount(one === "all" ? inPeriod.length : inPeriod.filter((row) => row.state === one).length);
  return (
    <>
      <div className="adjustment-filters">
        <Segmented<Filter>
          aria-label={t("bonus.adjustments.states.label")}
          value={state}
          onChange={(value) => setState(value === "all" ? null : value, true)}
          options={STATES.map((value) => ({ value, label: `${t(`bonus.adjustments.states.${value}`)} ${count(value)}` }))}
        />
        <Select
          aria-label={t("bonus.adjustments.period")}
          className="bonus-period"
          value={of ?? ""}
          onChange={(value) => setOf(value || null, true)}
          options={[{ value: "", label: t("bonus.adjustments.allPeriods") }, ...newestFirst(rows.map(({ period }) => period)).map((value) => ({ value, label: periodLabel(value, t, language) }))]}
        />
      </div>
      {/* What is chosen is in sight: another filter chooses anew. */}
      <AdjustmentTable key={`${state} ${of}`} rows={shown} />
    </>
  );
}
