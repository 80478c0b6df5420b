/** A board while it is arranged: add, move, resize, change, take away; save, or leave everything as it was. */
import { App, Button } from "antd";
import { useBlocker } from "@tanstack/react-router";
import { Plus, Redo2, Undo2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Board, Widget } from "../../../backend/generated";
import { useBackend } from "../../../backend/backend";
import { useCommand, useRead } from "../../../backend/query";
import { ErrorState } from "../../../components/ErrorState";
import { EmptyState } from "../../../components/Page";
import { useToast } from "../../../components/useToast";
import { added } from "./arrange";
import { SaveAs } from "./BoardBar";
import { ArrangedGrid } from "./BoardGrid";
import type { Known } from "./names";
import { newId, type Arranging } from "./useArranging";
import { FIRST_SIZE, WidgetDrawer, type Content } from "./WidgetDrawer";

const STILL: Pick<Arranging, "change" | "undo" | "redo"> = { change: () => undefined, undo: () => undefined, redo: () => undefined };
const MEANWHILE = { changed: { danger: true, "data-testid": "board-replace" }, gone: { "data-testid": "board-keep-new" } };
const LEAVE_BUTTON = { danger: true, "data-testid": "board-leave" };

interface Props {
  board: Board;
  arranging: Arranging;
  onShow: (id: string | null) => void;
}

export function ArrangePage({ board, arranging, onShow }: Props) {
  const { t } = useTranslation();
  const toast = useToast();
  const save = useCommand("save_board");
  const { draft, end, isChanged } = arranging;
  // A step while the board is being saved would be lost with the draft.
  const { change, undo, redo } = save.isPending ? STILL : arranging;
  const known: Known = { metrics: useRead("list_metrics", {}).data ?? [], views: useRead("list_views", {}).data ?? [] };
  const [drawer, setDrawer] = useState<Widget | "new" | null>(null);
  const [naming, setNaming] = useState(false);
  const ask = useLeaveQuestion(arranging);
  const askMeanwhile = useMeanwhileQuestion();
  useUndoOfBoard(undo, redo);
  if (!draft) return null;
  const widgets = [...draft.widgets];
  const saved = (id: string) => {
    end();
    toast.done(t("performance.board.saved"));
    onShow(id);
  };
  const put = (content: Content) => {
    if (drawer === "new") change(added(widgets, { id: newId(widgets), place: { x: 0, y: 0, ...FIRST_SIZE[content.shows.kind] }, ...content }));
    else if (drawer) change(widgets.map((one) => (one.id === drawer.id ? { id: one.id, place: one.place, ...content } : one)));
    setDrawer(null);
  };
  const info = draft.of.id === board.info.id ? board.info : draft.of;
  const { id, name, roles } = info;
  const saveSame = (expected?: Widget[]) =>
    save.mutate(
      { id, name, roles, widgets, ...(expected && { expected }) },
      {
        onSuccess: () => saved(id),
        onError: ({ code }) => {
          if (code === "board_changed") askMeanwhile("changed", name, () => saveSame());
          if (code === "not_found") askMeanwhile("gone", name, () => setNaming(true));
        },
      },
    );
  const isBlank = draft.start.length === 0;
  // Whoever changes their home wants to find it so.
  const asNew = { name: isBlank ? "" : t("performance.board.copyName", { name }), isHome: !isBlank && info.is_home };
  return (
    <>
      <div className="board-bar board-bar-fixed" data-testid="board-arranging">
        <strong>{t(draft.target === "same" ? "performance.board.arranging" : isBlank ? "performance.board.arrangingBlank" : "performance.board.arrangingNew", { name })}</strong>
        <Button icon={<Plus size={15} />} onClick={() => setDrawer("new")} disabled={save.isPending} data-testid="board-add">
          {t("performance.board.add")}
        </Button>
        <Button
          icon={<Undo2 size={15} />}
          disabled={save.isPending || draft.past.length === 0}
          onClick={undo}
          aria-label={t("performance.board.undo")}
          data-testid="board-undo"
        />
        <Button
          icon={<Redo2 size={15} />}
          disabled={save.isPending || draft.future.length === 0}
          onClick={redo}
          aria-label={t("performance.board.redo")}
          data-testid="board-redo"
        />
        <span className="board-bar-end">
          <Button onClick={() => (isChanged ? ask(end) : end())} disabled={save.isPending} data-testid="board-cancel">
            {t("common.cancel")}
          </Button>
          <Button
            type="primary"
            loading={save.isPending}
            onClick={() =>
              draft.target === "new" ? setNaming(true) : saveSame([...draft.start])
            }
            data-testid="board-save"
          >
            {t("common.save")}
          </Button>
        </span>
      </div>
      {save.error && <ErrorState error={save.error} />}
      {widgets.length === 0 ? (
        <EmptyState title={t("performance.board.empty")} text={t("performance.board.emptyArranged")} />
      ) : (
        <ArrangedGrid widgets={widgets} known={known} isStill={save.isPending} onChange={change} onEdit={setDrawer} />
      )}
      <WidgetDrawer open={drawer !== null} widget={drawer === "new" ? null : drawer} known={known} onDone={put} onClose={() => setDrawer(null)} />
      {naming && <SaveAs board={{ info, widgets }} asNew={asNew} onSaved={saved} onClose={() => setNaming(false)} />}
    </>
  );
}

/** Whatever leads away from unsaved changes asks first: another page, another board, Back, Cancel, closing the window. */
function useLeaveQuestion({ losesNow, end, isChanged }: Arranging): (leave: () => void) => void {
  const { t } = useTranslation();
  const backend = useBackend();
  const { modal } = App.useApp();
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      losesNow() && (current.pathname !== next.pathname || (current.search as { board?: string }).board !== (next.search as { board?: string }).board),
    enableBeforeUnload: false,
    withResolver: true,
  });
  const open = useRef<{ destroy: () => void; stay: (() => void) | undefined }>(null);
  const ask = (leave: () => void, stay?: () => void) => {
    // One question at a time: the later way out, as closing the window, takes the place of the earlier one.
    const before = open.current;
    open.current = null;
    before?.destroy();
    before?.stay?.();
    const { destroy } = modal.confirm({
      title: t("performance.board.leaveQuestion"),
      content: t("performance.board.leaveText"),
      okText: t("performance.board.leave"),
      cancelText: t("performance.board.stay"),
      okButtonProps: LEAVE_BUTTON,
      onOk: () => {
        open.current = null;
        leave();
      },
      onCancel: () => {
        open.current = null;
        stay?.();
      },
    });
    open.current = { destroy, stay };
  };
  const latest = useRef({ ask, end });
  useEffect(() => {
    latest.current = { ask, end };
  });
  useEffect(() => {
    if (!isChanged) return undefined;
    let isAsked = false;
    return backend.onCloseRequested((close) => {
      // Whoever presses the cross twice is asked once.
      if (isAsked) return;
      isAsked = true;
      latest.current.ask(close, () => (isAsked = false));
    });
  }, [backend, isChanged]);
  const { status, proceed, reset } = blocker;
  useEffect(() => {
    if (status !== "blocked") return;
    latest.current.ask(() => {
      latest.current.end();
      proceed();
    }, reset);
  }, [status, proceed, reset]);
  return ask;
}

/** The board is not any more what was arranged: whoever saves it says whether they mean it. */
function useMeanwhileQuestion(): (what: keyof typeof MEANWHILE, name: string, go: () => void) => void {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  return (what, name, go) =>
    void modal.confirm({
      title: t(`performance.board.meanwhile.${what}`, { name }),
      content: t(`performance.board.meanwhile.${what}Text`),
      okText: t(`performance.board.meanwhile.${what}Ok`),
      cancelText: t("performance.board.stay"),
      okButtonProps: MEANWHILE[what],
      onOk: go,
    });
}

/** Ctrl+Z takes back the last step of arranging, before the frame would take back the last action of the store. */
function useUndoOfBoard(undo: () => void, redo: () => void): void {
  const latest = useRef({ undo, redo });
  useEffect(() => {
    latest.current = { undo, redo };
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const key = event.key.toLowerCase();
      const target = event.target;
      if ((key !== "z" && key !== "y") || (target instanceof HTMLElement && target.matches("input, textarea"))) return;
      event.preventDefault();
      if (key === "y" || event.shiftKey) latest.current.redo();
      else latest.current.undo();
    };
    // The frame listens at the window, which comes after the document.
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}
