/** From which day a plan holds that is saved, and for whom where it is a new one. */
import { DatePicker, Modal, Radio } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { SavePlan } from "../../../../backend/generated";
import { useRead } from "../../../../backend/query";
import { formatDate } from "../../../../components/format";
import { Answer } from "../../../../components/Page";
import "./versions.css";

/** The first day there is: for all the time. */
const FIRST = "0001-01-01";

interface Props {
  /** Code of the plan that is saved. */
  code: string;
  /** What is paid changes. */
  paysDifferently: boolean;
  saving: boolean;
  onSave: (when: Omit<SavePlan, "plan">) => void;
  onClose: () => void;
}

type When = "next" | "day" | "always";

export function SaveDialog({ code, paysDifferently, saving, onSave, onClose }: Props) {
  const { t } = useTranslation();
  const list = useRead("list_bonus_plans", {});
  const [when, setWhen] = useState<When>("next");
  const [day, setDay] = useState<Dayjs | null>(null);
  // Null: not said yet. For whom a new plan is decides pay: nothing is chosen for anybody.
  const [everybody, setEverybody] = useState<boolean | null>(null);
  const plans = list.data?.plans ?? [];
  const known = plans.findIndex((plan) => plan.code === code);
  // Nobody has kept a plan yet.
  const first = plans.every(({ versions }) => versions.every(({ version }) => version === 0));
  const next = list.data?.next_starts[Math.max(known, 0)] ?? null;
  // A plan with a new code pays by periods of its own: the program finds their next one.
  const suggested = known < 0 || next === null ? null : dayjs(next);
  const chosen = day ?? suggested;
  const save = () => {
    const from = when === "always" ? FIRST : when === "day" ? chosen?.format("YYYY-MM-DD") : undefined;
    onSave({ ...(from === undefined ? {} : { from }), ...(known < 0 && everybody !== null ? { everybody } : {}) });
  };
  return (
    <Modal
      open
      title={t(paysDifferently ? "bonus.plan.confirmTitle" : "bonusPeople.save.title")}
      okText={t("bonus.plan.confirmSave")}
      cancelText={t("common.cancel")}
      okButtonProps={{ loading: saving, disabled: list.data === undefined || (when === "day" && chosen === null) || (known < 0 && everybody === null) }}
      onOk={save}
      onCancel={onClose}
    >
      <Answer query={list}>
        {() => (
          <div className="save-plan">
            {paysDifferently && <p>{t("bonus.plan.confirmText")}</p>}
            <Radio.Group value={when} onChange={(event) => setWhen(event.target.value as When)} aria-label={t("bonusPeople.save.from")}>
              <Radio value="next" data-testid="save-next">
                {first || next === null ? t("bonusPeople.save.always") : suggested ? t("bonusPeople.save.next", { day: formatDate(next) }) : t("bonusPeople.save.nextOfNew")}
              </Radio>
              <Radio value="day" data-testid="save-day">
                {t("bonusPeople.save.day")}{" "}
                <DatePicker aria-label={t("bonusPeople.save.from")} value={chosen} onChange={(value) => { setDay(value); setWhen("day"); }} />
              </Radio>
              {!first && next !== null && (
                <Radio value="always" data-testid="save-always">
                  {t("bonusPeople.save.always")}
                </Radio>
              )}
            </Radio.Group>
            <p className="quiet">{t("bonusPeople.save.help")}</p>
            {known < 0 && (
              <Radio.Group value={everybody} onChange={(event) => setEverybody(event.target.value as boolean)} aria-label={t("bonusPeople.save.forWhom")}>
                <Radio value data-testid="save-everybody">{t("bonusPeople.save.everybody")}</Radio>
                <Radio value={false} data-testid="save-assigned">{t("bonusPeople.save.assigned")}</Radio>
              </Radio.Group>
            )}
          </div>
        )}
      </Answer>
    </Modal>
  );
}
