/** Adds a widget or changes one: what it shows, and how that looks. */
import { Button, Drawer, Input, Segmented, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { MetricInfo, Shows, Widget } from "../../../backend/generated";
import { useLanguage } from "../../../i18n";
import { both } from "../../../i18n/both";
import type { Size } from "./arrange";
import type { Known } from "./names";
import { QuestionFields } from "./QuestionFields";
import { newQuestion } from "./questions";
import { WidgetView } from "./WidgetView";

const KINDS = ["chart", "tiles", "leaderboard", "customers", "view"] as const;
const MAX_TILES = 5;
const MAX_TITLE_CHARS = 120;

/** What a new widget takes of the board. */
export const FIRST_SIZE: Record<Shows["kind"], Size> = {
  tiles: { w: 12, h: 3 },
  chart: { w: 6, h: 7 },
  view: { w: 6, h: 7 },
  leaderboard: { w: 12, h: 8 },
  customers: { w: 6, h: 8 },
};

export type Content = Pick<Widget, "title" | "shows">;

interface Props {
  open: boolean;
  /** The widget that is changed; null adds one. */
  widget: Widget | null;
  known: Known;
  onDone: (content: Content) => void;
  onClose: () => void;
}

export function WidgetDrawer({ open, widget, known, onDone, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Drawer
      open={open}
      onClose={onClose}
      size={620}
      title={t(widget ? "performance.board.editTitle" : "performance.board.add")}
      destroyOnHidden
      data-testid="widget-drawer"
    >
      <Fields key={widget?.id ?? "new"} start={widget} known={known} onDone={onDone} />
    </Drawer>
  );
}

function first(kind: Shows["kind"], { metrics, views }: Known): Shows {
  if (kind === "tiles") return { kind, metrics: metrics.slice(0, 1).map(({ code }) => code) };
  if (kind === "view") return { kind, view: views[0]?.id ?? "" };
  return kind === "chart" ? { kind, question: newQuestion() } : { kind };
}

function Fields({ start, known, onDone }: { start: Content | null; known: Known; onDone: Props["onDone"] }) {
  const { t } = useTranslation();
  const [shows, setShows] = useState<Shows>(start?.shows ?? first("chart", known));
  const [title, setTitle] = useState(start?.title ?? "");
  const problem = missing(shows);
  return (
    <div className="widget-form">
      <Segmented
        aria-label={t("performance.board.kind")}
        value={shows.kind}
        onChange={(kind) => setShows(first(kind as Shows["kind"], known))}
        options={KINDS.map((kind) => ({ value: kind, label: t(`performance.board.kinds.${kind}`) }))}
      />
      <div className="widget-fields">
        {shows.kind === "chart" && (
          <QuestionFields prefix="widget" question={shows.question} metrics={known.metrics} onChange={(question) => setShows({ kind: "chart", question })} />
        )}
        {shows.kind === "tiles" && <TileFields metrics={known.metrics} value={shows.metrics} onChange={(metrics) => setShows({ kind: "tiles", metrics })} />}
        {shows.kind === "view" && (
          <span className="kpi-field">
            <label htmlFor="widget-view">{t("performance.board.kinds.view")}</label>
            <Select
              id="widget-view"
              data-testid="widget-view"
              value={shows.view || null}
              placeholder={t("performance.views.none")}
              onChange={(view) => setShows({ kind: "view", view: view ?? "" })}
              options={known.views.map((view) => ({ value: view.id, label: view.name }))}
            />
          </span>
        )}
        {shows.kind !== "tiles" && (
          <span className="kpi-field">
            <label htmlFor="widget-title">{t("performance.board.title")}</label>
            <Input
              id="widget-title"
              data-testid="widget-title"
              value={title}
              maxLength={MAX_TITLE_CHARS}
              placeholder={t("performance.board.titleGiven")}
              onChange={(event) => setTitle(event.target.value)}
            />
          </span>
        )}
      </div>
      <section className="widget-preview" aria-label={t("performance.board.preview")} data-testid="widget-preview">
        {problem ? <p className="quiet">{t(`performance.board.missing.${problem}`)}</p> : <WidgetView shows={shows} title={title.trim() || null} />}
      </section>
      <Button
        type="primary"
        disabled={problem !== null}
        onClick={() => onDone({ shows, ...(shows.kind !== "tiles" && title.trim() !== "" && { title: title.trim() }) })}
        data-testid="widget-done"
      >
        {t(start ? "performance.board.apply" : "performance.board.addThis")}
      </Button>
    </div>
  );
}

/** What keeps it from being drawn. */
function missing(shows: Shows): "tiles" | "view" | null {
  if (shows.kind === "tiles" && shows.metrics.length === 0) return "tiles";
  return shows.kind === "view" && shows.view === "" ? "view" : null;
}

function TileFields({ metrics, value, onChange }: { metrics: readonly MetricInfo[]; value: string[]; onChange: (value: string[]) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <span className="kpi-field widget-wide">
      <label htmlFor="widget-metrics">{t("performance.board.tileMetrics", { most: MAX_TILES })}</label>
      <Select
        id="widget-metrics"
        data-testid="widget-metrics"
        mode="multiple"
        maxCount={MAX_TILES}
        showSearch={{ optionFilterProp: "label" }}
        value={value}
        onChange={onChange}
        options={metrics.filter((one) => one.problem === null).map((one) => ({ value: one.code, label: both(one.name, language) }))}
      />
    </span>
  );
}
