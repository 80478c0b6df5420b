/** People and roles: who may sign in and as what, and what the company allows beyond the roles. */
import { Button, Dropdown, Tag } from "antd";
import { KeyRound, MoreHorizontal, UserPlus } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import type { AccountRow, Status } from "../../../backend/generated";
import { useCommand, useRead } from "../../../backend/query";
import { DataTable, type Column } from "../../../components/DataTable";
import { ErrorState } from "../../../components/ErrorState";
import { Answer, EmptyState, Section } from "../../../components/Page";
import { useRights } from "../../../components/rights";
import { useToast } from "../../../components/useToast";
import { useWord } from "../../../i18n";
import { AccountDrawer, type Task } from "./AccountDrawer";
import { PersonalFileDrawer } from "./PersonalFiles";
import { PolicySwitches } from "./PolicySwitches";

export function People({ status }: { status: Status }) {
  const { t } = useTranslation();
  const accounts = useRead("list_accounts", {});
  const may = useRights();
  const [task, setTask] = useState<Task | null>(null);
  const [file, setFile] = useState<string | null>(null);
  const add = may("manage_accounts") && (
    <Button icon={<UserPlus size={15} aria-hidden />} onClick={() => setTask({ kind: "add" })} data-testid="account-add">
      {t("settings.people.add")}
    </Button>
  );
  return (
    <Section title={t("settings.people.title")} context={t("settings.people.context")} actions={add} testId="people-and-roles">
      <Answer query={accounts}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState
              icon={<KeyRound size={26} strokeWidth={1.5} aria-hidden />}
              title={t("settings.people.empty")}
              text={t("settings.people.emptyText")}
            />
          ) : (
            <>
              <AccountTable rows={rows} own={status.signed_in?.account ?? null} onTask={setTask} onFile={setFile} />
              <PolicySwitches />
            </>
          )
        }
      </Answer>
      <PersonalFileDrawer open={file !== null} person={file} onClose={() => setFile(null)} />
      <AccountDrawer task={task} first={accounts.data?.length === 0} onClose={() => setTask(null)} />
    </Section>
  );
}

function AccountTable(props: {
  rows: readonly AccountRow[];
  own: string | null;
  onTask: (task: Task) => void;
  onFile: (person: string) => void;
}) {
  const { rows, own, onTask, onFile } = props;
  const { t } = useTranslation();
  const word = useWord();
  const toast = useToast();
  const mayManage = useRights()("manage_accounts");
  const { mutate: disable, error, variables } = useCommand("set_account_disabled");
  const columns = useMemo<Column<AccountRow>[]>(() => {
    const setDisabled = (row: AccountRow) =>
      disable(
        { account: row.id, disabled: !row.disabled },
        { onSuccess: () => toast.done(t(row.disabled ? "settings.people.enabled" : "settings.people.disabledDone", { name: row.name })) },
      );
    const all: Column<AccountRow>[] = [
      {
        key: "name",
        title: t("settings.people.name"),
        text: (row) => row.name,
        render: (row) => (
          <>
            {row.name} {row.id === own && <Tag>{t("settings.people.you")}</Tag>}
          </>
        ),
        compare: (a, b) => a.name.localeCompare(b.name, "zh-CN"),
      },
      { key: "role", title: t("settings.people.role"), text: (row) => word("frame.role", row.role), width: 110 },
      {
        key: "person",
        title: t("settings.people.person"),
        text: (row) => [row.person_name, row.staff_number].filter(Boolean).join(" ") || "—",
      },
      {
        key: "state",
        title: t("settings.people.state"),
        text: (row) => t(row.disabled ? "settings.people.disabled" : "settings.people.active"),
        width: 90,
      },
    ];
    if (!mayManage) return all;
    return [
      ...all,
      {
        key: "actions",
        title: t("settings.people.actions"),
        text: () => "",
        width: 72,
        render: (row) => (
          <Dropdown
            trigger={["click"]}
            placement="bottomRight"
            menu={{
              items: [
                { key: "role", label: <span data-testid={`account-role-${row.name}`}>{t("settings.people.changeRole")}</span> },
                { key: "password", label: <span data-testid={`account-password-${row.name}`}>{t("settings.people.resetPassword")}</span> },
                ...(row.person && (row.role === "sales" || row.role === "manager")
                  ? [{ key: "file", label: <span data-testid={`account-file-${row.name}`}>{t("settings.personal.make")}</span> }]
                  : []),
                { key: "disable", label: t(row.disabled ? "settings.people.enable" : "settings.people.disable"), danger: !row.disabled },
              ],
              onClick: ({ key }) => {
                if (key === "disable") setDisabled(row);
                else if (key === "file") onFile(row.person ?? "");
                else onTask({ kind: key as "role" | "password", account: row });
              },
            }}
          >
            <Button
              type="text"
              size="small"
              icon={<MoreHorizontal size={16} aria-hidden />}
              aria-label={t("settings.people.actionsOf", { name: row.name })}
              data-testid={`account-actions-${row.name}`}
            />
          </Dropdown>
        ),
      },
    ];
  }, [t, word, toast, own, mayManage, disable, onTask, onFile]);
  return (
    <>
      {error && <ErrorState error={error} onRetry={() => variables && disable(variables)} />}
      <DataTable
        label={t("settings.people.title")}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        maxHeight={360}
        testId="account-table"
      />
    </>
  );
}
