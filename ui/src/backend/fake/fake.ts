/** Puts the handlers of all areas together. */
import { BackendError, type Args, type Backend, type Command, type Result } from "../backend";
import type { Changed, Progress } from "../generated";
import { accountHandlers } from "./accounts";
import { boardHandlers } from "./boards";
import { bonusHandlers } from "./bonus";
import { bonusIfHandlers } from "./bonusIf";
import { calendarHandlers } from "./calendar";
import { customerHandlers } from "./customers";
import { createWorld, type World, type WorldState } from "./company";
import { dataHandlers } from "./data";
import { worldOf } from "./figures";
import { forecastHandlers } from "./forecast";
import { goalGridHandlers } from "./goalGrid";
import { goalBlendHandlers } from "./goalBlend";
import { goalProgressHandlers } from "./goalProgress";
import { goalRoundHandlers } from "./goalRounds";
import { goalHandlers } from "./goals";
import { goalSheetHandlers } from "./goalSheets";
import { historyHandlers } from "./history";
import { keepingHandlers } from "./keeping";
import { mappingHandlers } from "./mappings";
import { metricHandlers } from "./metrics";
import { performanceHandlers } from "./performance";
import { personalHandlers } from "./personal";
import { scorecardHandlers } from "./scorecards";
import { settingsHandlers } from "./settings";

export interface FakeOptions {
  /** How the store is found; `ready` by default. */
  state?: WorldState;
  language?: "zh-CN" | "en" | null;
  theme?: "light" | "dark" | null;
  /** Commands that fail the first time, with the code of the error. */
  fails?: { [K in Command]?: string };
  /** Commands that do not answer before they are released. */
  holds?: readonly Command[];
  /** Length of one step of long work, in milliseconds. */
  stepMs?: number;
  /** The dates of an import can be read in two ways. */
  openDates?: boolean;
  /** A folder is watched. */
  watched?: boolean;
  /** The order of sources. */
  sources?: string[];
  /** The store is the personal file of a salesperson. */
  personal?: boolean;
}

/** What a handler may use besides its arguments. */
export interface Context {
  world: World;
  /** Announces a change. */
  changed(...topics: string[]): void;
  /** Runs steps of long work, reports each, and rejects with `cancelled` when asked to stop. */
  work(steps: readonly (readonly [step: string, total: number])[]): Promise<void>;
}

export type Handler<K extends Command> = (args: Args<K>, context: Context) => Result<K> | Promise<Result<K>>;
export type Handlers = { [K in Command]: Handler<K> };

export interface Fake extends Backend {
  /** Commands called so far, with their arguments. */
  readonly calls: { name: Command; args: unknown }[];
  readonly world: World;
  /** Makes the next call of a command fail. */
  failNext(name: Command, code: string, params?: Record<string, string>): void;
  /** Something changes that no command of the window did: an undo, another window. */
  announce(...topics: Changed["topics"]): void;
  /** Makes a command wait until it is released. */
  hold(name: Command): void;
  /** Lets a held command answer. */
  release(name: Command): void;
  /** Somebody closes the window: whether it is closed at once. */
  closeWindow(): boolean;
  /** Whether it was closed. */
  isClosed(): boolean;
}

/** A refusal as the program would say it. */
export function refuse(code: string, params: Record<string, string> = {}): BackendError {
  return new BackendError({ code, params, retryable: false, trace_id: "fake-0001" });
}

export function createFake(options: FakeOptions = {}): Fake {
  const world = createWorld(options.state ?? "ready");
  world.preferences = { language: options.language ?? null, theme: options.theme ?? null };
  world.openDates = options.openDates ?? false;
  world.watched = options.watched ?? false;
  if (options.sources) world.sourceOrder = options.sources;
  if (options.personal) world.personal.owner = { person: "p-1", name: "王伟", number: null, role: "sales", on: "2026-11-24" };
  const listeners = new Set<(changed: Changed) => void>();
  const failures = new Map<Command, BackendError>();
  for (const [name, code] of Object.entries(options.fails ?? {})) failures.set(name as Command, refuse(code, { detail: "disk full" }));
  const held = new Map((options.holds ?? []).map((name) => [name, gate()]));
  const calls: Fake["calls"] = [];
  const askers = new Set<(close: () => void) => void>();
  let closed = false;
  let cancelled = false;

  const handlers: Handlers = {
    ...settingsHandlers,
    ...calendarHandlers,
    ...accountHandlers,
    ...keepingHandlers,
    ...personalHandlers,
    ...dataHandlers,
    ...customerHandlers,
    ...mappingHandlers,
    ...performanceHandlers,
    ...metricHandlers,
    ...boardHandlers,
    ...forecastHandlers,
    ...goalHandlers,
    ...goalGridHandlers,
    ...goalSheetHandlers,
    ...goalBlendHandlers,
    ...goalProgressHandlers,
    ...goalRoundHandlers,
    ...scorecardHandlers,
    ...historyHandlers,
    ...bonusHandlers,
    ...bonusIfHandlers,
    cancel_task: () => {
      cancelled = true;
      return null;
    },
  };

  const announce = (...topics: string[]) => {
    for (const listener of listeners) listener({ topics, source: "window" });
  };
  const context = (name: Command, args: object, onProgress?: (progress: Progress) => void): Context => ({
    world: worldOf(world, name, args),
    changed: announce,
    work: async (steps) => {
      for (const [step, total] of steps) {
        for (let part = 0; part <= 4; part += 1) {
          onProgress?.({ step, done: Math.round((total * part) / 4), total });
          // oxlint-disable-next-line no-await-in-loop -- the steps come one after the other
          await new Promise((resolve) => setTimeout(resolve, options.stepMs ?? 0));
          if (cancelled) throw refuse("cancelled");
        }
      }
    },
  });

  return {
    calls,
    world,
    announce,
    failNext: (name, code, params) => failures.set(name, refuse(code, params)),
    async call(name, args, onProgress) {
      calls.push({ name, args });
      if (name !== "cancel_task") cancelled = false;
      const failure = failures.get(name);
      failures.delete(name);
      if (failure) throw failure;
      await held.get(name)?.promise;
      // Through JSON, as over the real border: what comes back is never the fake's own object.
      const result = await handlers[name](args, context(name, args, onProgress));
      return JSON.parse(JSON.stringify(result)) as Result<typeof name>;
    },
    hold: (name) => void held.set(name, gate()),
    release: (name) => held.get(name)?.resolve(),
    onChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onCloseRequested(ask) {
      askers.add(ask);
      return () => askers.delete(ask);
    },
    closeWindow() {
      if (askers.size === 0) closed = true;
      for (const ask of askers) {
        ask(() => {
          closed = true;
        });
      }
      return closed;
    },
    isClosed: () => closed,
  };
}

/** A promise, and what ends the waiting for it. */
function gate(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((open) => {
    resolve = open;
  });
  return { promise, resolve };
}

/** `?fake=new|locked|empty|ready|unavailable&lang=en&theme=dark&openDates` before the hash. */
export function fakeOptionsFromAddress(address: { search: string }): FakeOptions {
  const params = new URLSearchParams(address.search);
  const pick = <T extends string>(name: string, ...allowed: T[]): T | undefined =>
    allowed.find((value) => value === params.get(name));
  return {
    state: pick("fake", "new", "locked", "empty", "ready", "unavailable") ?? "ready",
    language: pick("lang", "zh-CN", "en") ?? null,
    theme: pick("theme", "light", "dark") ?? null,
    stepMs: Number(params.get("step") ?? 150),
    openDates: params.has("openDates"),
    personal: params.has("personal"),
  };
}
