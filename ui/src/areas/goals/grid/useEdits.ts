/** Changes of the plan, one after the other; what was typed stays in its cell until the plan has it or somebody lets go. */
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";

import { BackendError, useBackend } from "../../../backend/backend";
import type { GoalEdit, GoalEdited } from "../../../backend/generated";
import { useSay } from "../../../i18n/say";
import type { Typed } from "./GridRowView";

type Texts = ReadonlyMap<string, string>;

export interface Outcome {
  done: GoalEdited;
  /** Only locks were set or released. */
  locks: boolean;
}

export interface Edits {
  /** By cell. */
  typed: ReadonlyMap<string, Typed>;
  /** What the last change did; null once it was read or taken back. */
  result: Outcome | null;
  /** Why the last change without a cell of its own (a lock) was refused. */
  refusal: string | null;
  /** Makes changes: all of them or none. `texts` are what was typed for them, by cell. */
  run: (edits: readonly GoalEdit[], texts?: Texts) => void;
  /** Marks texts that are no amounts; nothing is sent. */
  mark: (texts: Texts, reason: (key: string) => string | null) => void;
  /** Lets go of what was typed into one cell, or into all. */
  forget: (key?: string) => void;
  dismiss: () => void;
  /** Takes over what a dialog did. */
  show: (result: GoalEdited) => void;
}

export function useEdits(plan: string | undefined): Edits {
  const backend = useBackend();
  const client = useQueryClient();
  const say = useSay();
  const [typed, setTyped] = useState<ReadonlyMap<string, Typed>>(new Map());
  const [result, setResult] = useState<Outcome | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  // A change may make a new version: the next one is made to that.
  const newest = useRef(plan);
  const queue = useRef<Promise<void>>(Promise.resolve());
  useEffect(() => {
    newest.current = plan;
  }, [plan]);

  const put = (texts: Texts, reason: (key: string) => string | null) =>
    setTyped((old) => new Map([...old, ...[...texts].map(([key, text]) => [key, { text, reason: reason(key) }] as const)]));
  const drop = (texts: Texts) =>
    setTyped((old) => {
      const next = new Map(old);
      // Typed again meanwhile: that is another change.
      for (const [key, text] of texts) if (next.get(key)?.text === text) next.delete(key);
      return next;
    });
  const send = async (edits: readonly GoalEdit[], texts: Texts) => {
    if (newest.current === undefined) return;
    try {
      const done = await backend.call("edit_goal", { plan: newest.current, edits: [...edits], preview: false });
      newest.current = done.plan.id;
      // The cell shows what was typed until the plan's own number is here.
      await client.invalidateQueries({ queryKey: ["get_goal_grid"] });
      drop(texts);
      setResult({ done, locks: edits.every(({ kind }) => kind === "lock" || kind === "unlock") });
    } catch (thrown) {
      const reason = say(BackendError.from(thrown));
      put(texts, () => reason);
      if (texts.size === 0) setRefusal(reason);
    }
  };
  return {
    typed,
    result,
    refusal,
    run: (edits, texts = new Map()) => {
      put(texts, () => null);
      setRefusal(null);
      queue.current = queue.current.then(() => send(edits, texts));
    },
    mark: put,
    forget: (key) => {
      setRefusal(null);
      setTyped((old) => (key === undefined ? new Map() : new Map([...old].filter(([one]) => one !== key))));
    },
    dismiss: useCallback(() => setResult(null), []),
    show: (done) => setResult({ done, locks: false }),
  };
}
