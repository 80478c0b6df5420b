/** What a year pays somebody: kept, calculated so far and expected, each marked for what it is. */
import { InputNumber, Select } from "antd";
import { UserRound } from "lucide-react";
import { useTranslation } from "react-i18next";

import type { ExpectedEarnings } from "../../../backend/generated";
import { useRead } from "../../../backend/query";
import { ChartCard } from "../../../charts/ChartCard";
import { Money } from "../../../components/figures";
import { Notes } from "../../../components/MessageText";
import { Answer, EmptyState, Page, Section } from "../../../components/Page";
import { useRights } from "../../../components/rights";
import { useSearchParam } from "../../../components/useSearchParam";
import { useToast } from "../../../components/useToast";
import { useLanguage } from "../../../i18n";
import { BonusNav } from "../BonusNav";
import "../bonus.css";
import { earningsChart } from "./chart";
import "./earnings.css";
import { Periods } from "./Periods";

export default function EarningsPage() {
  const { t } = useTranslation();
  const may = useRights();
  const status = useRead("get_status", {}).data;
  const [asked, setPerson] = useSearchParam("person");
  const [typed, setYear] = useSearchParam("year");
  const today = status?.today ?? "2026-01-01";
  const year = Number(typed ?? today.slice(0, 4));
  const person = asked ?? status?.signed_in?.person ?? null;
  return (
    <Page
      title={t("bonus.title")}
      context={t("bonusIf.earnings.context")}
      actions={
        <>
          {may("see_all_pay") && <People person={person} onChange={setPerson} />}
          <InputNumber
            aria-label={t("bonusIf.earnings.year")}
            className="earnings-year"
            min={1900}
            max={2200}
            precision={0}
            value={year}
            onChange={(value) => value && setYear(String(value), true)}
          />
        </>
      }
    >
      <BonusNav />
      {person ? (
        <Year person={person} year={year} />
      ) : (
        <EmptyState icon={<UserRound size={28} aria-hidden />} title={t("bonusIf.earnings.noPerson")} text={t("bonusIf.earnings.noPersonText")} />
      )}
    </Page>
  );
}

function People({ person, onChange }: { person: string | null; onChange: (person: string) => void }) {
  const { t } = useTranslation();
  const people = useRead("get_organisation", {}).data?.people ?? [];
  return (
    <Select
      aria-label={t("bonusIf.earnings.person")}
      data-testid="earnings-person"
      className="earnings-person"
      showSearch={{ optionFilterProp: "label" }}
      placeholder={t("bonusIf.earnings.noPerson")}
      value={person}
      onChange={onChange}
      options={people.map((one) => ({ value: one.id, label: [one.name, one.staff_number].filter(Boolean).join(" ") }))}
    />
  );
}

function Year({ person, year }: { person: string; year: number }) {
  const language = useLanguage();
  const query = useRead("get_expected_earnings", { person, year, language });
  return <Answer query={query}>{(view) => <Answered view={view} />}</Answer>;
}

function Answered({ view }: { view: ExpectedEarnings }) {
  const { t } = useTranslation();
  const toast = useToast();
  const chart = earningsChart(view, t);
  return (
    <>
      <section className="bonus-summary" aria-label={t("bonusIf.earnings.title", { name: view.name, year: view.year })} data-testid="earnings-sums">
        <div>
          <span className="quiet">{t("bonusIf.earnings.title", { name: view.name, year: view.year })}</span>
          <strong className="bonus-total" data-testid="earnings-total">
            <Money value={view.total} />
          </strong>
          <span className="quiet">{t("bonusIf.earnings.total")}</span>
        </div>
        {(["kept", "soFar", "expected"] as const).map((key) => (
          <div key={key}>
            <span className="quiet">{t(`bonusIf.earnings.${key}`)}</span>
            <strong className="figure" data-testid={`earnings-${key}`}>
              <Money value={key === "soFar" ? view.so_far : view[key]} />
            </strong>
          </div>
        ))}
      </section>
      {view.incomplete && (
        <p className="notes notes-warning" role="status" data-testid="earnings-incomplete">
          {t("bonusIf.earnings.incomplete")}
        </p>
      )}
      <Notes messages={view.notes} />
      <ChartCard
        chart={chart}
        explanation={t("bonusIf.earnings.chartExplain")}
        onCopied={(result) => (result === "copied" ? toast.done(t("common.copied")) : toast.failed(t("common.copyFailed")))}
      />
      <Section title={t("bonusIf.earnings.table")} flush>
        <Periods view={view} />
      </Section>
    </>
  );
}
