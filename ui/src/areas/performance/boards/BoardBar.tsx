/** Which board is shown, and what can be done with it. */
import { App, Button, Checkbox, Dropdown, Select } from "antd";
import type { TFunction } from "i18next";
import { Copy, Ellipsis, House, LayoutDashboard, Plus, Trash2, Users } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Board, BoardInfo } from "../../../backend/generated";
import { useCommand, useRead } from "../../../backend/query";
import { ErrorState } from "../../../components/ErrorState";
import { useRights } from "../../../components/rights";
import { useToast } from "../../../components/useToast";
import { useLanguage, useWord } from "../../../i18n";
import { NameDialog } from "./NameDialog";

const REMOVE_BUTTON = { danger: true, "data-testid": "board-remove-confirm" };

interface Props {
  board: Board;
  /** Shows another board; null is one's home. */
  onShow: (id: string | null) => void;
  onArrange: () => void;
  onNew: () => void;
}

export function BoardBar({ board, onShow, onArrange, onNew }: Props) {
  const { t } = useTranslation();
  const word = useWord();
  const language = useLanguage();
  const toast = useToast();
  const { modal } = App.useApp();
  const me = useRead("get_status", {}).data?.signed_in?.name ?? null;
  const list = useRead("list_boards", { language }).data ?? [board.info];
  const [dialog, setDialog] = useState<"name" | "copy" | null>(null);
  const home = useCommand("set_home");
  const remove = useCommand("remove_board");
  const { info } = board;
  const { name } = info;

  const mayArrange = useRights()("arrange_boards");
  const makeHome = () => home.mutate({ id: info.id }, { onSuccess: () => toast.done(t("performance.board.homeDone", { name })) });
  const askRemove = () =>
    void modal.confirm({
      title: t("performance.board.removeQuestion", { name }),
      content: t("performance.board.removeText"),
      okText: t("performance.board.removeBoard"),
      cancelText: t("common.cancel"),
      okButtonProps: REMOVE_BUTTON,
      // A failure is shown under the bar.
      onOk: () =>
        remove.mutateAsync({ id: info.id }).then(
          () => onShow(null),
          () => undefined,
        ),
    });
  const items = [
    ...(mayArrange ? [{ key: "new", icon: <Plus size={15} />, label: t("performance.board.new"), onClick: onNew }] : []),
    ...(info.can_edit ? [{ key: "name", icon: <Users size={15} />, label: t("performance.board.rename"), onClick: () => setDialog("name") }] : []),
    ...(mayArrange ? [{ key: "copy", icon: <Copy size={15} />, label: t("performance.board.copy"), onClick: () => setDialog("copy") }] : []),
    ...(info.is_home ? [] : [{ key: "home", icon: <House size={15} />, label: t("performance.board.makeHome"), onClick: makeHome }]),
    ...(info.can_edit
      ? [{ key: "remove", danger: true, icon: <Trash2 size={15} />, label: t("performance.board.removeBoard"), onClick: askRemove }]
      : []),
  ];
  const failed = home.error ?? remove.error;
  return (
    <>
      <div className="board-bar">
        <Select
          aria-label={t("performance.board.choose")}
          data-testid="board-chooser"
          value={info.id}
          onChange={(id) => onShow(id)}
          popupMatchSelectWidth={280}
          options={grouped(list, me, (one) => `${one.name}${one.is_home ? t("performance.board.isHome") : ""}`, t)}
        />
        <Dropdown menu={{ items }} trigger={["click"]} placement="bottomLeft">
          <Button icon={<Ellipsis size={16} />} aria-label={t("performance.board.menu", { name })} data-testid="board-menu" />
        </Dropdown>
        {mayArrange && (
          <Button icon={<LayoutDashboard size={15} />} onClick={onArrange} data-testid="board-arrange">
            {t(info.can_edit ? "performance.board.arrange" : "performance.board.arrangeCopy")}
          </Button>
        )}
        {info.owner !== null && info.roles.length > 0 && (
          <span className="quiet">
            {t("performance.board.sharedBy", { owner: info.owner, roles: info.roles.map((role) => word("frame.role", role)).join(t("performance.board.comma")) })}
          </span>
        )}
      </div>
      {failed && <ErrorState error={failed} />}
      {dialog === "name" && <SaveAs board={board} onSaved={onShow} onClose={() => setDialog(null)} />}
      {dialog === "copy" && (
        <SaveAs board={board} asNew={{ name: t("performance.board.copyName", { name }), isHome: info.is_home }} onSaved={onShow} onClose={() => setDialog(null)} />
      )}
    </>
  );
}

/** One's own, those that others share, and those that come with the program. */
function grouped(list: readonly BoardInfo[], me: string | null, label: (info: BoardInfo) => string, t: TFunction) {
  const group = (key: "own" | "shared" | "withProgram", keep: (info: BoardInfo) => boolean) => {
    const options = list.filter(keep).map((info) => ({ value: info.id, label: label(info) }));
    return options.length > 0 ? [{ label: t(`performance.board.groups.${key}`), options }] : [];
  };
  return [
    ...group("own", (info) => !info.is_built_in && info.owner === me),
    ...group("shared", (info) => !info.is_built_in && info.owner !== me),
    ...group("withProgram", (info) => info.is_built_in),
  ];
}

interface SaveAsProps {
  board: Board;
  /** A new board with these widgets, by what name, and whether it takes the place of one's home; else this one. */
  asNew?: { name: string; isHome: boolean };
  onSaved: (id: string) => void;
  onClose: () => void;
}

export function SaveAs({ board, asNew, onSaved, onClose }: SaveAsProps) {
  const { t } = useTranslation();
  const { info, widgets } = board;
  const save = useCommand("save_board");
  const home = useCommand("set_home");
  const [asHome, setAsHome] = useState(asNew?.isHome ?? false);
  const close = (saved: Board) => {
    onClose();
    onSaved(saved.info.id);
  };
  return (
    <NameDialog
      title={t(asNew ? "performance.board.saveAs" : "performance.board.rename")}
      start={asNew ? { name: asNew.name, roles: [] } : { name: info.name, roles: info.roles }}
      error={save.error ?? home.error}
      isBusy={save.isPending || home.isPending}
      onClose={onClose}
      onSave={(named) =>
        save.mutate(
          { id: asNew ? null : info.id, ...named, widgets, ...(!asNew && { expected: widgets }) },
          { onSuccess: (saved) => (asHome ? home.mutate({ id: saved.info.id }, { onSuccess: () => close(saved) }) : close(saved)) },
        )
      }
    >
      {asNew && (
        <Checkbox checked={asHome} onChange={(event) => setAsHome(event.target.checked)} data-testid="board-as-home">
          {t("performance.board.makeHome")}
        </Checkbox>
      )}
    </NameDialog>
  );
}
