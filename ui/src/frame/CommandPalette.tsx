/** Ctrl/Cmd+K: pages, people, units and periods, found by their words or pinyin. */
import { useNavigate } from "@tanstack/react-router";
import { Modal } from "antd";
import { useEffect, useMemo, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";

import type { PersonId } from "../backend/generated";
import { useRead } from "../backend/query";
import { drillText } from "../components/drill";
import { parsePeriod, periodLabel, shift, type Period } from "../components/period";
import { useRights } from "../components/rights";
import { useScope } from "../components/scope";
import { useLanguage } from "../i18n";
import { AREAS } from "./areas";
import { matches } from "./search";

interface Item {
  id: string;
  group: "pages" | "actions" | "units" | "people" | "periods";
  label: string;
  detail?: string;
  run(): void;
}

/** Items of one group that are shown at once. */
const MAX_PER_GROUP = 8;

export function CommandPalette({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { t } = useTranslation();
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        onOpenChange(!open);
      }
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [open, onOpenChange]);
  return (
    <Modal
      open={open}
      onCancel={() => onOpenChange(false)}
      footer={null}
      closable={false}
      destroyOnHidden
      width={560}
      className="palette"
      style={{ top: 96 }}
      title={<span className="sr-only">{t("frame.palette.label")}</span>}
    >
      <PaletteBody onDone={() => onOpenChange(false)} />
    </Modal>
  );
}

function PaletteBody({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const all = useItems();
  const shown = useMemo(() => filterItems(all, query), [all, query]);
  const active = shown[Math.min(at, shown.length - 1)];
  const choose = (item: Item | undefined) => {
    if (!item) return;
    onDone();
    item.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      setAt((at + step + shown.length) % Math.max(1, shown.length));
    } else if (event.key === "Enter") {
      event.preventDefault();
      choose(active);
    }
  };
  return (
    <div className="palette-body">
      <input
        // The palette is opened to type.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        className="palette-input"
        role="combobox"
        aria-expanded
        aria-controls="palette-list"
        aria-activedescendant={active ? `palette-${active.id}` : undefined}
        aria-label={t("frame.palette.label")}
        placeholder={t("frame.palette.placeholder")}
        value={query}
        data-testid="palette-input"
        onChange={(event) => {
          setQuery(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id="palette-list" role="listbox" aria-label={t("frame.palette.label")} className="palette-list">
        {shown.length === 0 && <p className="quiet palette-empty">{t("frame.palette.empty", { query })}</p>}
        {shown.map((item, index) => (
          <div key={item.id} role="presentation">
            {item.group !== shown[index - 1]?.group && (
              <div className="palette-group" role="presentation">
                {t(`frame.palette.${item.group}`)}
              </div>
            )}
            <div
              id={`palette-${item.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={item === active}
              className="palette-item"
              ref={item === active ? scrollIntoView : undefined}
              onMouseMove={() => setAt(index)}
              onClick={() => choose(item)}
              onKeyDown={(event) => event.key === "Enter" && choose(item)}
            >
              <span>{item.label}</span>
              {item.detail && <span className="quiet">{item.detail}</span>}
            </div>
          </div>
        ))}
      </div>
      <p className="palette-hint quiet">{t("frame.palette.hint")}</p>
    </div>
  );
}

function scrollIntoView(element: HTMLElement | null): void {
  element?.scrollIntoView?.({ block: "nearest" });
}

function filterItems(items: readonly Item[], query: string): Item[] {
  const counts = new Map<string, number>();
  return items.filter((item) => {
    if (query.trim() ? !matches(`${item.label} ${item.detail ?? ""}`, query) : item.group === "people") return false;
    const count = (counts.get(item.group) ?? 0) + 1;
    counts.set(item.group, count);
    return count <= MAX_PER_GROUP;
  });
}

function useItems(): Item[] {
  const { t } = useTranslation();
  const language = useLanguage();
  const navigate = useNavigate();
  const { period, setUnit, setPeriod } = useScope();
  const organisation = useRead("get_organisation", {}).data;
  const may = useRights();
  const boards = useRead("list_boards", { language }, { enabled: may("see_own_results") }).data;
  return useMemo(() => {
    const areas = AREAS.filter(({ needs }) => may(needs));
    const pages = areas.map(({ name, to }): Item => ({
      id: `page-${name}`,
      group: "pages",
      label: t(`frame.nav.${name}`),
      run: () => void navigate({ to }),
    }));
    const inner: Item[] = [
      {
        id: "page-explorer",
        group: "pages",
        label: t("performance.explorer"),
        detail: t("frame.nav.performance"),
        run: () => void navigate({ to: "/performance/explorer" }),
      },
      {
        id: "page-forecast",
        group: "pages",
        label: t("performance.forecast.tab"),
        detail: t("frame.nav.performance"),
        run: () => void navigate({ to: "/performance/forecast" }),
      },
      {
        id: "page-metrics",
        group: "pages",
        label: t("performance.metrics"),
        detail: t("frame.nav.performance"),
        run: () => void navigate({ to: "/performance/metrics" }),
      },
      {
        id: "page-plan",
        group: "pages",
        label: t("bonus.plan.tab"),
        detail: t("frame.nav.bonus"),
        run: () => void navigate({ to: "/bonus/plan" }),
      },
      {
        id: "page-plan-people",
        group: "pages",
        label: t("bonusPeople.tab"),
        detail: t("frame.nav.bonus"),
        run: () => void navigate({ to: "/bonus/people" }),
      },
      {
        id: "page-objectives",
        group: "pages",
        label: t("bonusObjectives.tab"),
        detail: t("frame.nav.bonus"),
        run: () => void navigate({ to: "/bonus/objectives" }),
      },
      {
        id: "page-earnings",
        group: "pages",
        label: t("bonusIf.earnings.tab"),
        detail: t("frame.nav.bonus"),
        run: () => void navigate({ to: "/bonus/earnings" }),
      },
    ];
    const shown = (boards ?? []).map((board): Item => ({
      id: `board-${board.id}`,
      group: "pages",
      label: board.name,
      detail: t("frame.nav.performance"),
      run: () => void navigate({ to: "/performance", search: { board: board.id } as never }),
    }));
    const importing: Item[] = [
      {
        id: "action-import",
        group: "actions",
        label: t("frame.palette.import"),
        run: () => void navigate({ to: "/data/import" }),
      },
    ];
    const actions = may("import_data") ? importing : [];
    const base = parsePeriod(period);
    const names = new Map(organisation?.units.map((unit) => [unit.id, unit.name]));
    const units = (organisation?.units ?? []).map((unit): Item => ({
      id: `unit-${unit.id}`,
      group: "units",
      label: unit.name,
      ...(unit.manager ? { detail: unit.manager } : {}),
      run: () => setUnit(unit.parent ? unit.id : null),
    }));
    const people = (organisation?.people ?? []).map((person): Item => ({
      id: `person-${person.id}`,
      group: "people",
      label: person.name,
      detail: [person.staff_number, person.team && names.get(person.team)].filter(Boolean).join(" · "),
      // What the person won in the period, in the drawer that says whose it is and closes again.
      run: () => void navigate({ to: "/performance", search: (base ? { records: wonBy(person.id, base) } : {}) as never }),
    }));
    const periodItems = (base ? nearby(period) : []).map((key): Item => ({
      id: `period-${key.replace("/", "-")}`,
      group: "periods",
      label: periodLabel(key, t, language),
      detail: key,
      run: () => setPeriod(key),
    }));
    return [...pages, ...inner, ...shown, ...actions, ...units, ...people, ...periodItems];
  }, [t, language, navigate, period, organisation, setUnit, setPeriod, may, boards]);
}

function wonBy(person: PersonId, { start, end }: Period): string {
  return drillText({
    figure: "won_amount",
    unit: null,
    directly: false,
    days: { from: start, to: end },
    person,
    customer_types: [],
    cursor: null,
  });
}

/** Years, quarters and months around a period, nearest years first. */
function nearby(key: string): string[] {
  const year = parsePeriod(key)?.year ?? 2000;
  const years = [year, year - 1, year + 1, year - 2];
  const quarters = years.flatMap((y) => [1, 2, 3, 4].map((q) => `${y}-Q${q}`));
  const months = years.flatMap((y) => Array.from({ length: 12 }, (_, m) => `${y}-${String(m + 1).padStart(2, "0")}`));
  const base = parsePeriod(key);
  const weeks = base?.kind === "iso_week" ? [shift(base, -1).key, shift(base, 1).key] : [];
  return [...years.map(String), ...weeks, ...quarters, ...months];
}
