/** Whether two figures agree: a shape and a word, never colour alone. */
import { CircleAlert, CircleCheck } from "lucide-react";
import { useTranslation } from "react-i18next";

export function Agreement({ agrees }: { agrees: boolean }) {
  const { t } = useTranslation();
  const Mark = agrees ? CircleCheck : CircleAlert;
  return (
    <span className={agrees ? "mark mark-ok" : "mark mark-bad"}>
      <Mark size={14} aria-hidden /> {t(agrees ? "data.import.agrees" : "data.import.differs")}
    </span>
  );
}
