/** Calculates everybody or some people, to look at or to keep; and says that it is at it. */
import { Button, Dropdown, Form, Modal, Select, Spin } from "antd";
import { Calculator, ChevronDown, Eye } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { BonusRun } from "../../../backend/generated";
import { useRead, useTask } from "../../../backend/query";
import { ErrorState } from "../../../components/ErrorState";
import { TaskProgress } from "../../../components/TaskProgress";

export type Run = ReturnType<typeof useRun>;

/** The run under way, and the preview that it left. */
export function useRun(period: string, plan: string | null) {
  const task = useTask("run_bonus");
  const [preview, setPreview] = useState<BonusRun | null>(null);
  const start = (onlyShow: boolean, people?: string[]) =>
    task.mutate({ period, ...(plan !== null && { plan }), preview: onlyShow, ...(people && { people }) }, { onSuccess: (result) => setPreview(onlyShow ? result : null) });
  const again = () => start(task.variables?.preview ?? true, task.variables?.people);
  return { task, start, again, preview: preview?.period === period ? preview : null, closePreview: () => setPreview(null) };
}

export function RunButtons({ run, primary, again }: { run: Run; primary: boolean; again: boolean }) {
  const { t } = useTranslation();
  const [choosing, setChoosing] = useState(false);
  const { isPending, variables } = run.task;
  return (
    <>
      <Button icon={<Eye size={15} />} disabled={isPending} loading={isPending && variables.preview} onClick={() => run.start(true)} data-testid="bonus-preview">
        {t("bonus.preview")}
      </Button>
      <span className="run-buttons">
        <Button type={primary ? "primary" : "default"} icon={<Calculator size={15} />} disabled={isPending} loading={isPending && !variables.preview} onClick={() => run.start(false)} data-testid="bonus-run">
          {t(again ? "bonus.runAgain" : "bonus.run")}
        </Button>
        <Dropdown trigger={["click"]} menu={{ items: [{ key: "some", label: t("bonus.cycle.calculate.some") }], onClick: () => setChoosing(true) }}>
          <Button type={primary ? "primary" : "default"} disabled={isPending} icon={<ChevronDown size={15} />} aria-label={t("bonus.cycle.calculate.more")} data-testid="bonus-run-more" />
        </Dropdown>
      </span>
      {choosing && <ChoosePeople run={run} onClose={() => setChoosing(false)} />}
    </>
  );
}

function ChoosePeople({ run, onClose }: { run: Run; onClose: () => void }) {
  const { t } = useTranslation();
  const people = useRead("get_organisation", {}).data?.people ?? [];
  const [chosen, setChosen] = useState<string[]>([]);
  const start = (preview: boolean) => {
    run.start(preview, chosen);
    onClose();
  };
  return (
    <Modal
      open
      title={t("bonus.cycle.calculate.title")}
      onCancel={onClose}
      footer={
        <span className="drawer-actions">
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button disabled={chosen.length === 0} onClick={() => start(true)} data-testid="some-preview">
            {t("bonus.preview")}
          </Button>
          <Button type="primary" disabled={chosen.length === 0} onClick={() => start(false)} data-testid="some-run">
            {t("bonus.run")}
          </Button>
        </span>
      }
    >
      <div className="step-dialog" data-testid="some-people">
        <p className="quiet">{t("bonus.cycle.calculate.text")}</p>
        <Form layout="vertical">
          <Form.Item label={t("bonus.cycle.calculate.people")} htmlFor="some-people">
            <Select
              id="some-people"
              mode="multiple"
              value={chosen}
              onChange={setChosen}
              placeholder={t("bonus.cycle.calculate.peopleNeeded")}
              showSearch={{ optionFilterProp: "label" }}
              options={people.map(({ id, name, staff_number }) => ({ value: id, label: [name, staff_number].filter(Boolean).join(" · ") }))}
            />
          </Form.Item>
        </Form>
      </div>
    </Modal>
  );
}

/** That it is calculated, how far where that is known, or why it did not work. */
export function RunStanding({ run: { task, again } }: { run: Run }) {
  const { t } = useTranslation();
  if (task.error) return <ErrorState error={task.error} onRetry={again} />;
  if (!task.isPending) return null;
  if (task.progress) return <TaskProgress progress={task.progress} cancelling={task.cancelling} onCancel={task.cancel} />;
  return (
    <div className="run-status quiet" role="status" data-testid="run-status">
      <Spin size="small" /> {t("bonus.cycle.calculate.running")}
    </div>
  );
}
