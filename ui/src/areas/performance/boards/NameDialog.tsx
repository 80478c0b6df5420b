/** Name and sharing of a board or a saved view. */
import { Checkbox, Form, Input, Modal } from "antd";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { AccountRole } from "../../../backend/generated";
import { ErrorState } from "../../../components/ErrorState";
import { useRights } from "../../../components/rights";
import { useWord } from "../../../i18n";

const ROLES: readonly AccountRole[] = ["hr", "manager", "sales", "auditor"];
const MAX_NAME_CHARS = 100;
const SAVE_BUTTON = { "data-testid": "name-save" };

export interface Named {
  name: string;
  roles: AccountRole[];
}

interface Props {
  title: string;
  start: Named;
  error: Error | null;
  isBusy: boolean;
  /** More to decide, under the roles. */
  children?: ReactNode;
  onSave: (named: Named) => void;
  onClose: () => void;
}

export function NameDialog({ title, start, error, isBusy, children, onSave, onClose }: Props) {
  const { t } = useTranslation();
  const word = useWord();
  const mayShare = useRights()("share_boards");
  const [name, setName] = useState(start.name);
  const [roles, setRoles] = useState<AccountRole[]>(start.roles);
  const save = () => {
    if (name.trim() !== "") onSave({ name: name.trim(), roles });
  };
  return (
    <Modal
      open
      title={title}
      okText={t("common.save")}
      cancelText={t("common.cancel")}
      onOk={save}
      onCancel={onClose}
      confirmLoading={isBusy}
      okButtonProps={{ ...SAVE_BUTTON, disabled: name.trim() === "" }}
      data-testid="name-dialog"
    >
      <Form layout="vertical" onFinish={save}>
        <Form.Item label={t("performance.board.name")} htmlFor="board-name">
          <Input
            id="board-name"
            value={name}
            // What stands there is mostly written over: of a copy, and of what gets another name.
            // oxlint-disable-next-line jsx-a11y/no-autofocus
            autoFocus
            onFocus={(event) => event.target.select()}
            maxLength={MAX_NAME_CHARS}
            onChange={(event) => setName(event.target.value)}
            data-testid="board-name"
          />
        </Form.Item>
        {mayShare && (
          <fieldset className="share-roles">
            <legend>{t("performance.board.share")}</legend>
            <Checkbox.Group<AccountRole> value={roles} onChange={setRoles}>
              {ROLES.map((role) => (
                <Checkbox key={role} value={role} data-testid={`share-${role}`}>
                  {word("frame.role", role)}
                </Checkbox>
              ))}
            </Checkbox.Group>
            <p className="quiet">{t("performance.board.shareText")}</p>
          </fieldset>
        )}
        {children}
      </Form>
      {error && <ErrorState error={error} />}
    </Modal>
  );
}
