/** What the company allows beyond the roles. */
import { Switch } from "antd";
import { useTranslation } from "react-i18next";

import type { Policies } from "../../../backend/generated";
import { useCommand, useRead } from "../../../backend/query";
import { ErrorState } from "../../../components/ErrorState";
import { Answer } from "../../../components/Page";
import { useRights } from "../../../components/rights";

const SWITCHES: readonly (keyof Policies)[] = ["manager_sees_pay", "board_amounts"];

export function PolicySwitches() {
  const { t } = useTranslation();
  const policies = useRead("get_policies", {});
  const set = useCommand("set_policies");
  const mayEdit = useRights()("edit_company");
  return (
    <Answer query={policies}>
      {(kept) => {
        const shown = set.isPending ? set.variables : kept;
        return (
          <div className="policies">
            {SWITCHES.map((name) => (
              <div className="settings-line" key={name}>
                <div>
                  <strong id={`policy-${name}`}>{t(`settings.people.policy.${name}`)}</strong>
                  <p className="quiet">{t(`settings.people.policy.${name}_text`)}</p>
                </div>
                <Switch
                  checked={shown[name]}
                  disabled={!mayEdit || set.isPending}
                  onChange={(on) => set.mutate({ ...kept, [name]: on })}
                  aria-labelledby={`policy-${name}`}
                  data-testid={`policy-${name}`}
                />
              </div>
            ))}
            {set.error && <ErrorState error={set.error} onRetry={() => set.variables && set.mutate(set.variables)} />}
          </div>
        );
      }}
    </Answer>
  );
}
