/** A watched folder with a file that was taken, one that waits, one that failed. */
import type { WatchedFileInfo, WatchedList } from "../generated";
import type { World } from "./company";
import type { Handlers } from "./fake";

const FOLDER = "f-1";

function files(world: World): WatchedFileInfo[] {
  const at = "2026-11-24T02:00:00Z";
  const batch = world.batches[0] ?? null;
  const all: WatchedFileInfo[] = [
    { id: "w-1", folder: FOLDER, name: "deals-11.csv", state: "taken", reason: null, at, batch },
    {
      id: "w-2",
      folder: FOLDER,
      name: "new.csv",
      state: "waiting",
      reason: { code: "watch_columns_open", params: { file: "new.csv", values: "备用名" } },
      at,
      batch: null,
    },
    { id: "w-3", folder: FOLDER, name: "bad.xlsx", state: "failed", reason: { code: "watch_kind_open", params: { file: "bad.xlsx", values: "" } }, at, batch: null },
  ];
  return all.filter((file) => !world.forgottenFiles?.includes(file.id));
}

function list(world: World): WatchedList {
  const watched = world.watched ?? false;
  return {
    folders: watched
      ? [
          {
            id: FOLDER,
            path: "/home/hr/exports",
            profile: null,
            source: "crm",
            kind: null,
            since: "2026-11-20T02:00:00Z",
            problem: null,
            settling: world.settling ?? 0,
          },
        ]
      : [],
    files: watched ? files(world) : [],
    looked_at: null,
    every_seconds: 30,
  };
}

export const watchHandlers = {
  list_watched: (_, { world }) => list(world),
  watch_folder: (_, { world, changed }) => {
    world.watched = true;
    changed("batches");
    return list(world);
  },
  unwatch_folder: (_, { world, changed }) => {
    world.watched = false;
    changed("batches");
    return list(world);
  },
  look_into_watched: (_, { world, changed }) => {
    world.settling = 0;
    changed("batches");
    return list(world);
  },
  open_watched_file: () => ({ session: "s-1", source: "crm", files: [], unreadable: [] }),
  retry_watched_file: ({ file }, { world, changed }) => {
    world.forgottenFiles = [...(world.forgottenFiles ?? []), file];
    changed("batches");
    return list(world);
  },
} satisfies Partial<Handlers>;
