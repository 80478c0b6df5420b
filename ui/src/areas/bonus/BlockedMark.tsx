/** A statement or component that cannot be known: a shape and the word. */
import { CircleSlash } from "lucide-react";
import { useTranslation } from "react-i18next";

export function BlockedMark() {
  const { t } = useTranslation();
  return (
    <span className="blocked-mark">
      <CircleSlash size={13} aria-hidden /> {t("bonus.blocked")}
    </span>
  );
}
