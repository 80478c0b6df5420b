/** Who is signed in, and the way out. Nothing where the store has no accounts. */
import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { CircleUser, LogOut } from "lucide-react";
import { useTranslation } from "react-i18next";

import type { SignedIn } from "../backend/generated";
import { useSignOut } from "../backend/session";
import { useWord } from "../i18n";

export function AccountMenu({ me }: { me: SignedIn | null }) {
  const { t } = useTranslation();
  const word = useWord();
  const navigate = useNavigate();
  const leave = useSignOut();
  if (!me?.name) return null;
  // The next person starts at home, not on a page of this one.
  const go = () => leave.mutate({}, { onSettled: () => void navigate({ to: "/", search: {} as never }) });
  return (
    <div className="top-bar-account" data-testid="signed-in">
      <CircleUser size={16} strokeWidth={1.75} aria-hidden />
      <span className="top-bar-account-name" title={`${me.name} · ${word("frame.role", me.role)}`}>
        {me.name}
      </span>
      <span className="quiet top-bar-account-role">{word("frame.role", me.role)}</span>
      <Button
        type="text"
        size="small"
        icon={<LogOut size={15} aria-hidden />}
        aria-label={t("frame.signOut")}
        title={t("frame.signOut")}
        loading={leave.isPending}
        onClick={go}
        data-testid="sign-out"
      />
    </div>
  );
}
