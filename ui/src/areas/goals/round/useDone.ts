/** Says that a step was made; who may take changes back gets the way back with it. */
import { useRights } from "../../../components/rights";
import { useChangeToast } from "../../../components/useChangeToast";
import { useToast } from "../../../components/useToast";

export function useDone(): (title: string) => void {
  const may = useRights();
  const change = useChangeToast();
  const toast = useToast();
  return may("undo_changes") ? change : (title) => toast.done(title);
}
