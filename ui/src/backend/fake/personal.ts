/** Personal files, what comes back from them, follow-ups and feedback of the fake. */
import type { FeedbackRow, FollowUpLine, PersonalFileRow, PersonalInfo, ReturnPreview } from "../generated";
import { refuse, type Handlers } from "./fake";
import type { World } from "./company";

export interface FakePersonal {
  /** Whose personal file the store is. */
  owner: PersonalInfo | null;
  files: PersonalFileRow[];
  /** Of each deal, newest first. */
  lines: Map<string, FollowUpLine[]>;
  feedback: FeedbackRow[];
  /** What the next dialog for a file that came back holds; null: the dialog is closed. */
  returns: ReturnPreview | null;
}

export function nothingPersonal(): FakePersonal {
  return { owner: null, files: [], lines: new Map(), feedback: [], returns: null };
}

function followUps({ personal, deals }: World, opportunity: string) {
  const deal = deals.find(({ id }) => id === opportunity);
  if (!deal) throw refuse("not_found", { what: "deal", value: opportunity });
  return { opportunity, deal: deal.id, customer: deal.customer, lines: personal.lines.get(opportunity) ?? [] };
}

function addLine(world: World, opportunity: string, line: Omit<FollowUpLine, "id" | "person">): void {
  const lines = world.personal.lines.get(opportunity) ?? [];
  world.personal.lines.set(opportunity, [{ ...line, id: `f-${lines.length + 1}`, person: world.personal.owner?.name ?? "王伟" }, ...lines]);
}

export const personalHandlers = {
  list_personal_files: (_, { world }) => world.personal.files,
  export_personal_file: ({ person }, { world, changed }) => {
    const found = world.people.find(({ id }) => id === person);
    if (!found) throw refuse("not_found", { what: "person", value: person });
    const made: PersonalFileRow = {
      id: `pf-${world.personal.files.length + 1}`,
      person,
      name: found.name,
      staff_number: found.staff,
      role: "sales",
      exported_at: "2026-11-24T08:00:00Z",
    };
    world.personal.files.unshift(made);
    changed("accounts");
    return { file: `/home/${found.name}.yejipersonal`, handed_out: made, number: null };
  },
  send_back: (_, { world }) => {
    const entries = [...world.personal.lines.values()].flat().length + world.personal.feedback.length;
    if (entries === 0) throw refuse("nothing_entered");
    return { file: "/home/back.yejireturn", entries };
  },
  pick_return: (_, { world }) => world.personal.returns,
  import_return: (_, { world, changed }) => {
    const preview = world.personal.returns;
    if (!preview) throw refuse("no_return_picked");
    changed("facts", "batches");
    return { preview, batch: preview.new > 0 ? "b-return" : null };
  },
  list_follow_ups: ({ opportunity }, { world }) => followUps(world, opportunity),
  add_interaction: ({ opportunity, kind, on, note }, { world, changed }) => {
    addLine(world, opportunity, { kind, day: on, words: note });
    changed("facts");
    return followUps(world, opportunity);
  },
  add_next_step: ({ opportunity, step, due_on }, { world, changed }) => {
    addLine(world, opportunity, { kind: "next_step", day: due_on, words: step });
    changed("facts");
    return followUps(world, opportunity);
  },
  list_feedback: (_, { world }) => world.personal.feedback,
  add_feedback: ({ words }, { world, changed }) => {
    const { feedback, owner } = world.personal;
    feedback.unshift({ id: `fb-${feedback.length + 1}`, person: owner?.name ?? "王伟", words, written_at: "2026-11-24T08:00:00Z" });
    changed("facts");
    return feedback;
  },
} satisfies Partial<Handlers>;
