import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import {
  createQNetworkAgent,
  DEFAULT_SCHEDULES,
  Dqn,
  DQN_OPTION_NAMES,
  DQN_OPTIONS,
  type DqnOptions,
  linearSchedule,
  type OptionRange,
  resolveDqnOptions,
} from "../../../agents/mod.ts";
import { makeEnv } from "../../../envs/mod.ts";

const SOURCE = Deno.readTextFileSync(new URL("../../../agents/dqn/dqn_options.ts", import.meta.url));

/** What the docstring of an option says in words of the values that it may have. */
function rangeInWords({ kind, min, max, isOpen }: OptionRange<unknown>): string {
  if (kind === "whole") {
    return `whole number from ${min}${max === Infinity ? "" : ` to ${max.toLocaleString("en")}`}`;
  }
  if (kind === "numbers") return `each a whole number from ${min}`;
  if (kind !== "number" || min === -Infinity && max === Infinity) return "";
  if (min === -Infinity) return `at most ${max}`;
  if (max === Infinity) return `${isOpen ? "above" : "from"} ${min}`;
  return `in ${isOpen ? "(" : "["}${min}, ${max}]`;
}

Deno.test("the docstring of each option agrees with the table in range and default", () => {
  const docs = [...SOURCE.matchAll(/\/\*\*([\s\S]*?)\*\/\s*(\w+)\?:/g)].map(([, doc, name]) =>
    [name!, doc!.replaceAll(/\s*\n\s*\*\s?/g, " ")] as const
  );
  assertEquals(docs.map(([name]) => name), [...DQN_OPTION_NAMES]);
  for (const [name, doc] of docs) {
    const row = Object.entries(DQN_OPTIONS).find(([other]) => other === name)![1];
    assertStringIncludes(doc, rangeInWords(row.range), name);
    const [, written = ""] = /@default \{(.*)\}/.exec(doc) ?? [];
    if (row.range.kind === "schedule") {
      const { start, end, steps } = name === "epsilon"
        ? DEFAULT_SCHEDULES.epsilon
        : DEFAULT_SCHEDULES.priorityBeta;
      const words = `from ${start} to ${end} over the first ${steps.toLocaleString("en")} steps`;
      assertStringIncludes(written, words, name);
    } else if (row.default !== undefined) {
      const [value = ""] = written.split(", unless ");
      assertEquals(JSON.parse(value.replaceAll("_", "")), row.default, name);
    }
  }
});

Deno.test("every default is one of its option's values, including the numbers of schedules", () => {
  for (const name of DQN_OPTION_NAMES) {
    const { range, default: value, help } = DQN_OPTIONS[name];
    assert(range.accepts(value), name);
    assert(help.length > 3 && !/^[A-Z][a-z]/.test(help.replace(/^(Adam|Double|Munchausen)/, "")), name);
  }
  const { epsilon } = resolveDqnOptions();
  const { start, end, steps } = DEFAULT_SCHEDULES.epsilon;
  for (const step of [0, 10, steps, 10 * steps]) {
    assertEquals(epsilon(step), linearSchedule(start, end, steps)(step));
  }
});

Deno.test("the requirement of an option is another option and its values", () => {
  for (const name of DQN_OPTION_NAMES) {
    const { needs } = DQN_OPTIONS[name];
    for (const value of needs?.values ?? []) assert(DQN_OPTIONS[needs!.name].range.accepts(value), name);
  }
});

Deno.test("an option is resolved to the given value, else to the table's default", () => {
  const given: DqnOptions = { gamma: 0.5, nStep: 65_535, hidden: [], maxGradNorm: 1, kernel: "reference" };
  const resolved = resolveDqnOptions({ ...given, batchSize: JSON.parse("null") });
  assertEquals(Object.keys(resolved), [...DQN_OPTION_NAMES]);
  for (const name of DQN_OPTION_NAMES) {
    assertEquals(resolved[name], given[name] ?? DQN_OPTIONS[name].default, name);
  }
  assertEquals(resolveDqnOptions({ noisy: true }).epsilon(0), 0);
  assertEquals(resolveDqnOptions({ noisy: true, epsilon: () => 0.5 }).epsilon(0), 0.5);
  assertEquals(resolveDqnOptions({ targetUpdateEpisodes: 2 }).targetUpdateInterval, undefined);
  assertEquals(resolveDqnOptions({}).targetUpdateInterval, 200);
});

Deno.test("an unknown option is refused, with the nearest name if one is near", () => {
  const env = makeEnv("CartPole-v1");
  const table: [options: object, message: string][] = [
    [{ gama: 0.9 }, "every option must be one of DqnOptions, got gama (did you mean gamma?)"],
    [{ learningrate: 0.1 }, "got learningrate (did you mean learningRate?)"],
    [{ gamma: 0.9, munchausenalpha: 0.5 }, "got munchausenalpha (did you mean munchausenAlpha?)"],
    [{ banana: undefined }, "got banana"],
    [{ toString: 1 }, "got toString"],
  ];
  for (const [options, message] of table) {
    const refused = (create: () => unknown) =>
      assertThrows(create, TypeError, `Cannot create a Dqn: ${message.startsWith("every") ? message : ""}`)
        .message;
    for (const create of [() => new Dqn(env, options), () => createQNetworkAgent(env, options)]) {
      const got = refused(create);
      assert(got.endsWith(message), got);
    }
  }
});
