/** The least that a new password has, as the program asks for it. */
import type { Rule } from "antd/es/form";
import type { TFunction } from "i18next";

/** As `accounts/password.rs` has it. */
const MIN_PASSWORD_CHARS = 8;

/** Characters, as the program counts them: an emoji is one. */
export function passwordRule(t: TFunction): Rule {
  return {
    validator: (_, value: string | undefined) =>
      [...(value ?? "")].length >= MIN_PASSWORD_CHARS
        ? Promise.resolve()
        : Promise.reject(new Error(t("settings.people.passwordRule", { min: String(MIN_PASSWORD_CHARS) }))),
  };
}
