/** Saved views: opened, kept, renamed and shared, removed; what is shown put on a board. */
import { App, Button, Dropdown, Select } from "antd";
import { Bookmark, Ellipsis, LayoutDashboard, Save, Trash2, Users } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { MetricInfo, SavedView, ViewQuestion } from "../../../backend/generated";
import { useCommand, useRead } from "../../../backend/query";
import { ErrorState } from "../../../components/ErrorState";
import { useRights } from "../../../components/rights";
import { useSearchParam } from "../../../components/useSearchParam";
import { useToast } from "../../../components/useToast";
import { NameDialog } from "../boards/NameDialog";
import { fitted } from "../boards/questions";
import { PutOnBoard } from "./PutOnBoard";

const REMOVE_BUTTON = { danger: true, "data-testid": "view-remove-confirm" };

interface Props {
  question: ViewQuestion;
  metrics: readonly MetricInfo[];
  onOpen: (question: ViewQuestion, view: string | null) => void;
  /** Stands at the end. */
  children?: ReactNode;
}

export function ViewBar({ question, metrics, onOpen, children }: Props) {
  const { t } = useTranslation();
  const toast = useToast();
  const { modal } = App.useApp();
  const mayKeep = useRights()("arrange_boards");
  const views = useRead("list_views", {});
  const [id] = useSearchParam("view");
  const [dialog, setDialog] = useState<"new" | "name" | "board" | null>(null);
  const save = useCommand("save_view");
  const remove = useCommand("remove_view");
  const list = views.data ?? [];
  const view = list.find((one) => one.id === id) ?? null;
  const isChanged = view !== null && !isSame(fitted(view.question, metrics), question);
  const open = (next: SavedView | undefined) => next && onOpen(fitted(next.question, metrics), next.id);
  const keep = (one: SavedView) =>
    save.mutate(
      { id: one.id, name: one.name, roles: one.roles, question },
      { onSuccess: () => toast.done(t("performance.views.saved", { name: one.name })) },
    );
  const askRemove = (one: SavedView) =>
    void modal.confirm({
      title: t("performance.views.removeQuestion", { name: one.name }),
      content: t("performance.views.removeText"),
      okText: t("performance.views.remove"),
      cancelText: t("common.cancel"),
      okButtonProps: REMOVE_BUTTON,
      // A failure is shown under the bar.
      onOk: () =>
        remove.mutateAsync({ id: one.id }).then(
          () => onOpen(question, null),
          () => undefined,
        ),
    });
  const items = view?.can_edit
    ? [
        { key: "name", icon: <Users size={15} />, label: t("performance.board.rename"), onClick: () => setDialog("name") },
        { key: "remove", danger: true, icon: <Trash2 size={15} />, label: t("performance.views.remove"), onClick: () => askRemove(view) },
      ]
    : [];
  const failed = views.error ?? remove.error ?? (dialog === null ? save.error : null);
  return (
    <>
      <div className="board-bar">
        {list.length > 0 && (
          <Select
            aria-label={t("performance.views.choose")}
            data-testid="view-chooser"
            value={view?.id ?? null}
            placeholder={t("performance.views.choose")}
            onChange={(next) => open(list.find((one) => one.id === next))}
            options={list.map((one) => ({ value: one.id, label: one.owner && !one.can_edit ? `${one.name} · ${one.owner}` : one.name }))}
          />
        )}
        {items.length > 0 && (
          <Dropdown menu={{ items }} trigger={["click"]} placement="bottomLeft">
            <Button icon={<Ellipsis size={16} />} aria-label={t("performance.board.menu", { name: view?.name })} data-testid="view-menu" />
          </Dropdown>
        )}
        {mayKeep && (
          <>
            {view?.can_edit && isChanged && (
              <Button icon={<Save size={15} />} loading={save.isPending} onClick={() => keep(view)} data-testid="view-keep">
                {t("performance.views.keep", { name: view.name })}
              </Button>
            )}
            <Button icon={<Bookmark size={15} />} onClick={() => setDialog("new")} data-testid="view-save">
              {t("performance.views.saveAs")}
            </Button>
            <Button icon={<LayoutDashboard size={15} />} onClick={() => setDialog("board")} data-testid="view-to-board">
              {t("performance.views.toBoard")}
            </Button>
          </>
        )}
        <span className="board-bar-end">{children}</span>
      </div>
      {failed && <ErrorState error={failed} />}
      {(dialog === "new" || dialog === "name") && (
        <NameDialog
          title={t(dialog === "new" ? "performance.views.saveAs" : "performance.board.rename")}
          start={dialog === "name" && view ? view : { name: "", roles: [] }}
          error={save.error}
          isBusy={save.isPending}
          onClose={() => setDialog(null)}
          onSave={(named) =>
            save.mutate(
              { id: dialog === "name" ? (view?.id ?? null) : null, ...named, question: dialog === "name" && view ? view.question : question },
              {
                onSuccess: (saved) => {
                  setDialog(null);
                  toast.done(t("performance.views.saved", { name: saved.name }));
                  if (dialog === "new") onOpen(question, saved.id);
                },
              },
            )
          }
        />
      )}
      {dialog === "board" && (
        <PutOnBoard shows={view && !isChanged ? { kind: "view", view: view.id } : { kind: "chart", question }} onClose={() => setDialog(null)} />
      )}
    </>
  );
}

function isSame(a: ViewQuestion, b: ViewQuestion): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
