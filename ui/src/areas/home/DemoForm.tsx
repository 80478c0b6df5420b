/** Creates the demo company: one button, its size behind "options", progress and cancel while it is made. */
import { Button, DatePicker, Form, InputNumber } from "antd";
import type { Dayjs } from "dayjs";
import { ChevronDown, ChevronRight } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { CreateDemo } from "../../backend/generated";
import { useTask } from "../../backend/query";
import { ErrorState } from "../../components/ErrorState";
import { TaskProgress } from "../../components/TaskProgress";

type Fields = Omit<CreateDemo, "until"> & { until: Dayjs | null };

const DEFAULTS: Fields = { people: 40, deals: 20_000, years: 3, seed: 7, until: null };
/** Limits of the program (CreateDemo); it checks them again. */
const LIMITS = {
  people: { min: 5, max: 5_000 },
  deals: { min: 0, max: 5_000_000 },
  years: { min: 1, max: 10 },
  seed: { min: 0, max: Number.MAX_SAFE_INTEGER },
} as const;

export function DemoForm() {
  const { t } = useTranslation();
  const [options, setOptions] = useState(false);
  const [form] = Form.useForm<Fields>();
  const task = useTask("create_demo");
  const start = (fields: Partial<Fields>) => {
    const { until, ...size } = { ...DEFAULTS, ...fields };
    task.mutate({ ...size, until: until?.format("YYYY-MM-DD") ?? null });
  };
  if (task.isPending) {
    return <TaskProgress progress={task.progress} cancelling={task.cancelling} onCancel={task.cancel} />;
  }
  const Mark = options ? ChevronDown : ChevronRight;
  return (
    <Form form={form} layout="vertical" initialValues={DEFAULTS} onFinish={start} requiredMark={false}>
      <div className="welcome-actions">
        <Button size="large" type="primary" htmlType="submit" data-testid="start-demo">
          {t("home.demo.create")}
        </Button>
        <button
          type="button"
          className="disclosure"
          aria-expanded={options}
          aria-controls="demo-options"
          onClick={() => setOptions(!options)}
          data-testid="demo-options"
        >
          <Mark size={14} aria-hidden /> {t("home.demo.options")}
        </button>
      </div>
      <div id="demo-options" className="demo-options" hidden={!options}>
        {(["people", "deals", "years", "seed"] as const).map((name) => (
          <Form.Item
            key={name}
            name={name}
            label={t(`home.demo.${name}`)}
            rules={[{ required: true, message: t("home.demo.required") }]}
          >
            <InputNumber className="full-width" {...LIMITS[name]} precision={0} data-testid={`demo-${name}`} />
          </Form.Item>
        ))}
        <Form.Item name="until" className="demo-until" label={t("home.demo.until")} extra={t("home.demo.untilHint")}>
          <DatePicker className="full-width" data-testid="demo-until" />
        </Form.Item>
      </div>
      {task.error && <ErrorState error={task.error} />}
      {task.cancelled && <p className="quiet">{t("home.demo.cancelled")}</p>}
    </Form>
  );
}
