import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { parse } from "@std/csv";
import { presetSettings } from "../../../scripts/settings/presets.ts";
import { qTableCsv, qTableOf, qTableText } from "../../../scripts/run/q_table.ts";
import { qTableSvg } from "../../../scripts/report/q_table_svg.ts";
import { filesBelow, inFolder, runScript } from "../_process.ts";

const LAKE = presetSettings({ env: "FrozenLake-v1", agent: "q-learning" });

/** Element (s, a) is s + a / 10. */
function tensor(states: number) {
  const data = Float32Array.from({ length: 4 * states }, (_, i) => Math.floor(i / 4) + (i % 4) / 10);
  return [{ name: "q_table", shape: [states, 4], data }];
}

Deno.test("a table is saved with a state per line and the actions' names", () => {
  const lines = qTableCsv(LAKE, tensor(16)).trim().split(/\r?\n/);
  assertEquals(lines.length, 17);
  assertEquals(lines[0], "state,left,down,right,up");
  const [number, ...values] = parse(lines[6]!)[0]!;
  assertEquals(number, "5");
  assertEquals(values.map((value) => Math.fround(Number(value))), [5, 5.1, 5.2, 5.3].map(Math.fround));
});

Deno.test("a large table is saved as a small one is, and not drawn", () => {
  const side = 101;
  const desc = ["S".padEnd(side, "F"), ...Array.from({ length: side - 1 }, () => "F".repeat(side - 1) + "G")];
  const lake = { ...LAKE, envOptions: { desc } };
  const tensors = tensor(side * side);
  const lines = qTableCsv(lake, tensors).trimEnd().split(/\r?\n/);
  assertEquals(lines.length, side * side + 1);
  for (const state of [0, 4095, 4096, 8191, 8192, side * side - 1]) {
    const [number, ...values] = parse(lines[state + 1]!)[0]!.map(Number);
    assertEquals([number, values], [state, [...tensors[0]!.data.subarray(4 * state, 4 * state + 4)]]);
  }
  assertEquals(qTableSvg(lake, qTableOf(lake, tensors)), undefined);
});

Deno.test("a table is printed with the best action of each state marked", () => {
  const lines = qTableText(qTableOf(LAKE, tensor(16))).split("\n");
  assertEquals(lines[0]!.trim().split(/ +/), ["state", "left", "down", "right", "up"]);
  assertEquals(lines[3]!.trim().split(/ +/), ["2", "2.000", "2.100", "2.200", "*2.300"]);
});

Deno.test("a grid world is drawn field by field, others are not", () => {
  const svg = qTableSvg(LAKE, qTableOf(LAKE, tensor(16)))!;
  assertEquals(svg.match(/class="arrow"/g)?.length, 11, "11 of 16 fields are neither hole nor goal");
  assertStringIncludes(svg, "<title>FrozenLake-v1: the value of each action, and the best one</title>");
  assertStringIncludes(svg, "prefers-color-scheme:dark");
  const large = { ...LAKE, envOptions: { mapName: "8x8" } };
  assertStringIncludes(qTableSvg(large, qTableOf(large, tensor(64)))!, `width="${8 * 104 + 32}"`);
  const cliff = presetSettings({ env: "CliffWalking-v1", agent: "q-learning" });
  const drawn = qTableSvg(cliff, qTableOf(cliff, tensor(48)))!;
  assertEquals(drawn.match(/class="arrow"/g)?.length, 37);
  const taxi = presetSettings({ env: "Taxi-v4", agent: "q-learning" });
  assertEquals(qTableSvg(taxi, qTableOf(taxi, tensor(500))), undefined);
});

Deno.test("training saves the table, prints it if it is small, and plays it again", () =>
  inFolder(async (cwd) => {
    const args = ["--env", "FrozenLake-v1", "--agent", "q-learning", "--steps", "3000", "--out", "x"];
    const { code, stdout } = await runScript("train.ts", [...args, "--eval-interval", "1000"], { cwd });
    assertEquals(code, 0);
    assertEquals(stdout.split("\n").filter((line) => /^ +\d+ /.test(line)).length, 16);
    const files = filesBelow(`${cwd}/x`);
    assert(["q_table.csv", "q_table.svg", "policy.safetensors"].every((file) => files.includes(file)));
    assert(!files.includes("policy.onnx"));
    const played = await runScript("evaluate.ts", ["x", "--episodes", "20"], { cwd });
    assertEquals(played.code, 0);
    assertStringIncludes(played.stdout, "FrozenLake-v1, q-learning, 20 greedy episodes");
    const exported = await runScript("export.ts", ["x"], { cwd });
    assertEquals(exported.code, 2);
    assertStringIncludes(exported.stderr, "Cannot");
  }));
