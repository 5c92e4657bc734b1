import { assert, assertEquals } from "@std/assert";
import type { JobOutcome } from "../../../scripts/jobs/job_queue.ts";
import { sealOf } from "../../../scripts/run/seal.ts";
import { runToResult } from "../../../scripts/run_folder/run_to_result.ts";
import { encodeState, startOf, STATE_FILE } from "../../../scripts/run_folder/run_state.ts";
import type { Settings } from "../../../scripts/settings/settings.ts";
import { keepingStates, openRungStates } from "../../../scripts/sweep/rung_states.ts";
import { inFolder } from "../_process.ts";
import { small } from "../_resumption.ts";

/** A run, the state at the end of its training, and where its progress began. */
async function trained(settings: Settings, state?: Uint8Array) {
  let end: Uint8Array | undefined;
  let first = Infinity;
  const from = await startOf(settings, state?.toBase64());
  const result = await runToResult(settings, (done) => first = Math.min(first, done), {
    from,
    onTrained: async (point) => {
      end = await encodeState(settings, point());
    },
  });
  const { wall_seconds: _, threshold_seconds: __, ...rest } = result;
  return { rest, end: end!, first };
}

const PQN = { envs: 4, rolloutSteps: 8, miniBatches: 2, learningRateEnd: null };

const RUNS: [string, Settings, Settings, isContinued: boolean][] = [
  ["dqn", small("dqn", "CartPole-v1"), small("dqn", "CartPole-v1", { steps: 720 }), true],
  ["a table", small("q-learning", "Taxi-v4"), small("q-learning", "Taxi-v4", { steps: 720 }), true],
  [
    "many environments, cut within a rollout",
    small("pqn", "CartPole-v1", { ...PQN, steps: 250 }),
    small("pqn", "CartPole-v1", { ...PQN, steps: 750 }),
    true,
  ],
  [
    "a budget in episodes",
    small("dqn", "CartPole-v1", { steps: null, episodes: 8 }),
    small("dqn", "CartPole-v1", { steps: null, episodes: 24 }),
    true,
  ],
  [
    "a run that was good enough",
    small("dqn", "CartPole-v1", { stopAtReturn: 9 }),
    small("dqn", "CartPole-v1", { stopAtReturn: 9, steps: 720 }),
    true,
  ],
  [
    "a learning rate that ends with the budget",
    small("dqn", "CartPole-v1", { learningRateEnd: 1e-5, learningRateSteps: null }),
    small("dqn", "CartPole-v1", { learningRateEnd: 1e-5, learningRateSteps: null, steps: 720 }),
    false,
  ],
  [
    "a learning rate that ends at a step of its own",
    small("dqn", "CartPole-v1", { learningRateEnd: 1e-5, learningRateSteps: 500 }),
    small("dqn", "CartPole-v1", { learningRateEnd: 1e-5, learningRateSteps: 500, steps: 720 }),
    true,
  ],
];

Deno.test("a longer run that continues from the end of a shorter one is the same run", async () => {
  for (const [name, short, long, isContinued] of RUNS) {
    const { end } = await trained(short);
    const whole = await trained(long);
    const rest = await trained(long, end);
    assertEquals(rest.rest, whole.rest, name);
    // Without the line that holds the seconds.
    const [own, expected] = [rest.end, whole.end].map((state) => sealOf(state.slice(state.indexOf(10))));
    assertEquals(own, expected, name);
    if (long.stopAtReturn !== null) continue;
    const cut = short.steps === null ? short.episodes! / long.episodes! : short.steps / long.steps!;
    assertEquals(rest.first >= cut, isContinued, `${name}: ${rest.first}`);
    assert(whole.first < cut, name);
  }
});

Deno.test("states are stored apart from the files of a run, and their folder goes with the last of them", () =>
  inFolder(async (cwd) => {
    const states = openRungStates(`${cwd}/states`);
    const [state, log] = [new Uint8Array([1, 2]), new Uint8Array([3])];
    const files = new Map([[STATE_FILE, state], ["episodes.csv", log]]);
    const queue = keepingStates<number, number>({
      submit: ({ input }): Promise<JobOutcome<number>> =>
        Promise.resolve(input < 0 ? { failure: "crashed" } : { output: input, files }),
      close: () => Promise.resolve(),
    }, states);
    assertEquals(await queue.submit({ id: "a", input: 5 }), {
      output: 5,
      files: new Map([["episodes.csv", log]]),
    });
    assertEquals(await queue.submit({ id: "b", input: -1 }), { failure: "crashed" });
    assertEquals([states.read("a"), states.read("b")], [state, undefined]);
    states.write("c", log);
    states.remove("a");
    assertEquals([...Deno.readDirSync(`${cwd}/states`)].map(({ name }) => name), ["c.state"]);
    states.remove("b");
    states.remove("c");
    assertEquals([...Deno.readDirSync(cwd)], []);
  }));

Deno.test("a state that is damaged, of another run or missing starts the run from the beginning", async () => {
  const settings = small("q-learning", "Taxi-v4");
  const { end } = await trained(settings);
  const long = { ...settings, steps: 720 };
  assert(await startOf(long, end.toBase64()) !== undefined);
  assertEquals(await startOf(long, end.with(end.length - 9, 7).toBase64()), undefined);
  assertEquals(await startOf({ ...long, gamma: 0.5 }, end.toBase64()), undefined);
  for (const state of [null, undefined, "", "no base64!"]) {
    assertEquals(await startOf(long, state), undefined);
  }
});
