/** Puts what is shown on one of one's own boards, or on a new one. */
import { Form, Input, Modal, Select } from "antd";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useBackend, type BackendError } from "../../../backend/backend";
import type { Board, Shows } from "../../../backend/generated";
import { useRead } from "../../../backend/query";
import { ErrorState } from "../../../components/ErrorState";
import { useToast } from "../../../components/useToast";
import { useLanguage } from "../../../i18n";
import { added } from "../boards/arrange";
import { newId } from "../boards/useArranging";
import { FIRST_SIZE } from "../boards/WidgetDrawer";

const NEW = " new";
const PUT_BUTTON = { "data-testid": "to-board-done" };

export function PutOnBoard({ shows, onClose }: { shows: Shows; onClose: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const backend = useBackend();
  const toast = useToast();
  const own = (useRead("list_boards", { language }).data ?? []).filter((one) => one.can_edit);
  const [chosen, setChosen] = useState<string | null>(null);
  const [name, setName] = useState("");
  const id = chosen ?? own[0]?.id ?? NEW;
  const put = useMutation<Board, BackendError>({
    mutationFn: async () => {
      const board = id === NEW ? null : await backend.call("get_board", { id, language });
      const widgets = board?.widgets ?? [];
      const widget = { id: newId(widgets), place: { x: 0, y: 0, ...FIRST_SIZE[shows.kind] }, shows };
      return await backend.call("save_board", {
        id: board?.info.id ?? null,
        name: board?.info.name ?? name.trim(),
        roles: board?.info.roles ?? [],
        widgets: added(widgets, widget),
        ...(board && { expected: widgets }),
      });
    },
    onSuccess: ({ info }) => {
      toast.done(t("performance.views.onBoard", { name: info.name }));
      onClose();
    },
  });
  return (
    <Modal
      open
      title={t("performance.views.toBoard")}
      okText={t("performance.board.addThis")}
      cancelText={t("common.cancel")}
      onOk={() => put.mutate()}
      onCancel={onClose}
      confirmLoading={put.isPending}
      okButtonProps={{ ...PUT_BUTTON, disabled: id === NEW && name.trim() === "" }}
    >
      <Form layout="vertical">
        <Form.Item label={t("performance.board.choose")} htmlFor="to-board">
          <Select
            id="to-board"
            data-testid="to-board"
            value={id}
            onChange={setChosen}
            options={[...own.map((one) => ({ value: one.id, label: one.name })), { value: NEW, label: t("performance.board.new") }]}
          />
        </Form.Item>
        {id === NEW && (
          <Form.Item label={t("performance.board.name")} htmlFor="to-board-name">
            <Input id="to-board-name" value={name} maxLength={100} onChange={(event) => setName(event.target.value)} data-testid="to-board-name" />
          </Form.Item>
        )}
      </Form>
      {put.error && <ErrorState error={put.error} />}
    </Modal>
  );
}
