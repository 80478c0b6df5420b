/** When, who, what: the head of a change, wherever it is listed. */
import { useTranslation } from "react-i18next";

import type { ChangeInfo } from "../../backend/generated";
import { useSay } from "../../i18n/say";
import { formatMoment } from "../format";

/** What a change did; of an undo also what it took back. */
export function useWhat(): (change: Pick<ChangeInfo, "what" | "of">) => string {
  const { t } = useTranslation();
  const say = useSay();
  return ({ what, of }) => (of ? t("history.whatOf", { what: say(what), of: say(of) }) : say(what));
}

/** The person as people call them: the one who works without signing in has no name. */
export function useAuthor(): (author: string) => string {
  const { t } = useTranslation();
  return (author) => (author === "local" ? t("history.local") : author);
}

export function ChangeHead({ change, fate }: { change: ChangeInfo; fate?: string }) {
  const { t } = useTranslation();
  const what = useWhat();
  const author = useAuthor();
  return (
    <p className="history-head">
      <span className="figure">{formatMoment(change.at)}</span>
      <span>{author(change.author)}</span>
      <span className="history-what">{what(change)}</span>
      {fate === "created" && <span className="quiet">{t("history.created")}</span>}
      {fate === "deleted" && <span className="quiet">{t("history.deleted")}</span>}
      {change.taken_back && <span className="history-back">{t("history.takenBack")}</span>}
    </p>
  );
}
