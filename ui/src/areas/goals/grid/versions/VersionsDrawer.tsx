/** The versions of a year's goal: when and how each came to be, what differs, and the way back to an older one. */
import { App, Button, Drawer, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { BackendError } from "../../../../backend/backend";
import type { GoalVersion, GoalVersionPublished } from "../../../../backend/generated";
import { useCommand, useRead } from "../../../../backend/query";
import { Money } from "../../../../components/figures";
import { formatMoment, MISSING } from "../../../../components/format";
import { Answer, EmptyState } from "../../../../components/Page";
import { useRights } from "../../../../components/rights";
import { useToast } from "../../../../components/useToast";
import { useWord } from "../../../../i18n";
import { useSay } from "../../../../i18n/say";
import { VersionsCompared } from "./VersionsCompared";
import { useGoalMetric } from "../../metric";

const CONFIRM_BUTTON = { "data-testid": "goal-restore-confirm" };

interface Props {
  open: boolean;
  year: number;
  /** The older version in the table; null is the one in force. */
  shown: number | null;
  onShow: (version: number | null) => void;
  onClose: () => void;
}

export function VersionsDrawer({ open, ...props }: Props) {
  const { t } = useTranslation();
  return (
    <Drawer open={open} onClose={props.onClose} size={880} title={t("goals.grid.versions.title", { year: String(props.year) })} destroyOnHidden data-testid="drawer-goal-versions">
      {open && <Content {...props} />}
    </Drawer>
  );
}

function Content({ year, shown, onShow, onClose }: Omit<Props, "open">) {
  const { t } = useTranslation();
  const [metric] = useGoalMetric();
  const versions = useRead("list_goal_versions", { metric, year });
  const [pair, setPair] = useState<readonly [number, number] | null>(null);
  return (
    <Answer query={versions}>
      {(list) => {
        const numbers = list.map(({ plan }) => plan.version).toSorted((a, b) => a - b);
        const [before, after] = pair ?? [numbers.at(-2) ?? 0, numbers.at(-1) ?? 0];
        return list.length === 0 ? (
          <EmptyState title={t("goals.grid.versions.none")} />
        ) : (
          <div className="grid-versions">
            <VersionTable
              list={list}
              shown={shown}
              onShow={(version) => {
                onShow(version);
                onClose();
              }}
            />
            {numbers.length > 1 ? (
              <VersionsCompared year={year} numbers={numbers} before={before} after={after} onPair={(one, other) => setPair([one, other])} />
            ) : (
              <p className="quiet">{t("goals.grid.versions.single")}</p>
            )}
          </div>
        );
      }}
    </Answer>
  );
}

function PublishedAt({ publication: { at, author, unchanged } }: { publication: GoalVersionPublished }) {
  const { t } = useTranslation();
  return (
    <>
      {t("goals.grid.versions.publishedBy", { at: formatMoment(at), author })}
      {!unchanged && <strong> · {t("goals.grid.versions.changedSince")}</strong>}
    </>
  );
}

function VersionTable({ list, shown, onShow }: { list: readonly GoalVersion[]; shown: number | null; onShow: (version: number | null) => void }) {
  const { t } = useTranslation();
  const word = useWord();
  const say = useSay();
  const toast = useToast();
  const may = useRights()("set_goals");
  const { modal } = App.useApp();
  const restore = useCommand("restore_goal_version");
  // The highest number may be a draft that stands beside it.
  const inForce = list.find(({ state }) => state === "in_force")?.plan.version ?? null;
  const ask = ({ plan }: GoalVersion) =>
    modal.confirm({
      title: t("goals.grid.versions.question", { version: plan.version }),
      content: t("goals.grid.versions.questionText"),
      okText: t("goals.grid.versions.restore"),
      okButtonProps: CONFIRM_BUTTON,
      cancelText: t("common.cancel"),
      onOk: () =>
        restore.mutateAsync({ plan: plan.id }).then(
          (made) => toast.done(t("goals.grid.versions.restored", { version: plan.version, made: made.version })),
          (thrown: unknown) => toast.failed(say(BackendError.from(thrown))),
        ),
    });
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col">{t("goals.summary.version")}</th>
          <th scope="col">{t("goals.grid.versions.when")}</th>
          <th scope="col">{t("goals.grid.versions.how")}</th>
          <th scope="col" className="number">{t("goals.grid.versions.amount")}</th>
          <th scope="col">{t("goals.grid.versions.published")}</th>
          <th scope="col" className="number">{t("goals.grid.versions.confirmed")}</th>
          <th scope="col"><span className="sr-only">{t("goals.grid.actions")}</span></th>
        </tr>
      </thead>
      <tbody>
        {list.map((version) => {
          const { plan, state, created_at: at, publication } = version;
          const counts = plan.version === inForce;
          return (
            <tr key={plan.id} data-testid={`goal-version-${plan.version}`}>
              <th scope="row">
                {plan.version} <Tag>{word("goals.state", state)}</Tag>
              </th>
              <td className="figure">{formatMoment(at)}</td>
              <td>{plan.split_by === null ? t("goals.summary.unsplit") : word("goals.split.by", plan.split_by)}</td>
              <td className="number"><Money value={plan.amount} /></td>
              <td>{publication ? <PublishedAt publication={publication} /> : MISSING}</td>
              <td className="number figure">{publication ? t("goals.grid.versions.confirmedOf", { confirmed: publication.confirmed, people: publication.people }) : MISSING}</td>
              <td className="grid-version-buttons">
                {plan.version !== (shown ?? inForce) && plan.split_by !== null && (
                  <Button size="small" type="text" onClick={() => onShow(counts ? null : plan.version)}>
                    {t("goals.grid.versions.show")}
                  </Button>
                )}
                {may && !counts && plan.split_by !== null && (
                  <Button size="small" type="text" onClick={() => void ask(version)} data-testid={`goal-restore-${plan.version}`}>
                    {t("goals.grid.versions.restore")}
                  </Button>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
