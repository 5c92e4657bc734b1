import { assert, assertEquals } from "@std/assert";
import { filesNamedBy, type Source, sourcesOf } from "./_sources.ts";

/**
 * The floors of the house, from the ground up, each a list of rooms: a folder with all below it, the files of a folder alone (`/*`), or
 * one file. A file belongs to the room whose name fits it best. It may import from its own room and from floors below.
 */
const FLOORS: readonly (readonly string[])[] = [
  ["nn/math/", "nn/kernels/assembler/", "nn/matrix.ts", "envs/values/"],
  ["nn/kernels/", "envs/random/", "envs/scenes/"],
  ["nn/*", "envs/spaces/"],
  ["nn/onnx/", "envs/env.ts"],
  ["envs/env_core.ts"],
  ["envs/into_env.ts"],
  ["nn/mod.ts", "envs/classic_control/", "envs/toy_text/", "envs/wrappers/"],
  ["envs/*"],
  ["envs/mod.ts"],
  ["envs/box2d/", "envs/minigrid/", "envs/mujoco/"],
  ["agents/*"],
  ["agents/replay/"],
  ["agents/dqn/"],
  ["agents/pqn/"],
  ["agents/snapshots/"],
  ["agents/mod.ts"],
  ["mod.ts", "scripts/values/"],
  ["scripts/cli/"],
  ["scripts/settings/"],
  ["scripts/run/"],
  ["scripts/run_folder/"],
  ["scripts/train/", "scripts/jobs/", "scripts/plots/"],
  [
    "scripts/recording/",
    "scripts/overestimation/",
    "scripts/replay/",
    "scripts/benchmark/",
    "scripts/sweep/",
  ],
  ["scripts/report/", "scripts/nats/", "scripts/play/", "scripts/bench/"],
  ["scripts/*"],
  ["web/"],
];

const ALL = ["mod.ts", "agents/", "envs/", "nn/", "scripts/", "web/"].flatMap(sourcesOf)
  .filter(({ name }) => !name.startsWith("web/dist/"));

/** The room of a file: the one that names it, else its folder's files, else the nearest folder around it. */
function roomOf(name: string): string | undefined {
  const rooms = FLOORS.flat();
  const folder = name.slice(0, name.lastIndexOf("/") + 1);
  const around = rooms.filter((room) => room.endsWith("/") && name.startsWith(room));
  return [name, `${folder}*`].find((room) => rooms.includes(room)) ??
    around.toSorted((a, b) => b.length - a.length)[0];
}

const floorOf = (room: string) => FLOORS.findIndex((rooms) => rooms.includes(room));

/** A line for each import that does not point down. */
function upwardImports(sources: readonly Source[]): string[] {
  return sources.flatMap((source) =>
    filesNamedBy(source).flatMap((target) => {
      const [from, to] = [roomOf(source.name), roomOf(target)];
      if (from === undefined || to === undefined) return [`${source.name} or ${target} is in no room`];
      const mayImport = from === to || floorOf(to) < floorOf(from);
      return mayImport ? [] : [`${source.name} imports ${target}`];
    })
  );
}

/** A line for each group of files that reach each other. */
function cycles(sources: readonly Source[]): string[] {
  const imports = new Map(sources.map((source) => [source.name, filesNamedBy(source)]));
  const found: string[] = [];
  const left = new Set<string>();
  const visit = (name: string, path: readonly string[]): void => {
    const start = path.indexOf(name);
    if (start >= 0) found.push([...path.slice(start), name].join(" → "));
    if (start >= 0 || left.has(name)) return;
    for (const next of imports.get(name) ?? []) visit(next, [...path, name]);
    left.add(name);
  };
  for (const { name } of sources) visit(name, []);
  return found;
}

Deno.test("every import points down to a lower level, or stays in its room", () => {
  assert(ALL.length > 300);
  assertEquals(upwardImports(ALL), []);
});

Deno.test("no import cycles, not even of types", () => {
  assertEquals(cycles(ALL), []);
});

Deno.test("every room is there, and a private file is imported by its own folder alone", () => {
  for (const room of FLOORS.flat()) assert(ALL.some(({ name }) => roomOf(name) === room), room);
  const folderOf = (name: string) => name.slice(0, name.lastIndexOf("/"));
  for (const source of ALL) {
    for (const target of filesNamedBy(source)) {
      const isPrivate = target.split("/").at(-1)!.startsWith("_");
      assert(!isPrivate || folderOf(target) === folderOf(source.name), `${source.name} imports ${target}`);
    }
  }
});

Deno.test("an import against the levels is found, and so is a cycle", () => {
  const source = (name: string, code: string) => ({ name, code });
  assertEquals(
    upwardImports([
      source("nn/adam.ts", 'import type { Env } from "../envs/env.ts";'),
      source("scripts/run/run.ts", 'const later = import("../train/progress.ts");'),
      source("scripts/train/progress.ts", 'new URL("../jobs/run_job.ts", import.meta.url)'),
      source("envs/spaces/box.ts", 'import { Generator } from "../random/generator.ts";'),
    ]),
    [
      "nn/adam.ts imports envs/env.ts",
      "scripts/run/run.ts imports scripts/train/progress.ts",
      "scripts/train/progress.ts imports scripts/jobs/run_job.ts",
    ],
  );
  assertEquals(
    cycles([
      source("nn/a.ts", 'import "./b.ts";'),
      source("nn/b.ts", 'import type { C } from "./c.ts";'),
      source("nn/c.ts", 'export { a } from "./a.ts";'),
    ]),
    ["nn/a.ts → nn/b.ts → nn/c.ts → nn/a.ts"],
  );
});
