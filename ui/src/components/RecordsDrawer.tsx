/** What stands behind a number. Open it with a `Drill`; every number of every area opens this one drawer. */
import { Drawer } from "antd";
import { useTranslation } from "react-i18next";

import type { Drill } from "../backend/generated";

interface Props {
  /** What to show; null is closed. */
  drill: Drill | null;
  title?: string;
  onClose: () => void;
}

export function RecordsDrawer({ drill, title, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Drawer
      open={drill !== null}
      onClose={onClose}
      title={title ?? t("common.record.title")}
      size={860}
      destroyOnHidden
      data-testid="drawer-records"
    >
      {null}
    </Drawer>
  );
}
