/** What may be done with a cell or its row, by right click, the menu key, or the toolbar. */
import { Dropdown, type MenuProps } from "antd";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";

export type CellAction = "details" | "why" | "history" | "lock" | "unlock" | "shift" | "revise" | "copy";

/** Opens without changing anything. */
const READING: readonly CellAction[] = ["details", "why", "history"];

export function actionItems(actions: readonly CellAction[], t: TFunction): NonNullable<MenuProps["items"]> {
  const item = (key: CellAction) => ({ key, label: t(`goals.grid.action.${key}`), "data-testid": `goal-act-${key}` });
  const [reading, changing] = [actions.filter((one) => READING.includes(one)), actions.filter((one) => !READING.includes(one))];
  return [...reading.map(item), ...(changing.length > 0 && reading.length > 0 ? [{ type: "divider" as const }] : []), ...changing.map(item)];
}

interface Props {
  /** Null is closed. */
  at: { x: number; y: number } | null;
  actions: readonly CellAction[];
  onAct: (action: CellAction) => void;
  onClose: () => void;
}

export function CellMenu({ at, actions, onAct, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Dropdown
      open={at !== null}
      trigger={["click"]}
      // Opened by the menu key it is gone through by keys.
      // oxlint-disable-next-line jsx-a11y/no-autofocus
      autoFocus
      onOpenChange={(open) => !open && onClose()}
      menu={{
        items: actionItems(actions, t),
        onClick: ({ key }) => {
          onClose();
          onAct(key as CellAction);
        },
      }}
    >
      <span className="grid-menu-place" style={{ left: at?.x ?? 0, top: at?.y ?? 0 }} aria-hidden />
    </Dropdown>
  );
}
