import { decodeCheckpoint, encodeCheckpoint } from "./run/checkpoint.ts";
import { presetSettings } from "./settings/presets.ts";
import { prepareRun } from "./run/run.ts";
import { writeFileMeanwhile } from "./cli/write_file.ts";

/** Sizes of the replay buffers, in transitions. */
const SIZES = [50_000, 1_000_000];

for (const size of SIZES) {
  const settings = {
    ...presetSettings({ agent: "prioritized-dqn" }),
    bufferSize: size,
    learningStarts: size,
    steps: size + 64,
    evalInterval: null,
    stopAtReturn: null,
  };
  const prepared = prepareRun(settings);
  await prepared.start({ pause: () => Promise.resolve(prepared.run.step >= size) });
  const bytes = await encodeCheckpoint(settings, prepared.snapshot({ views: true }));
  const group = `${size.toLocaleString("en")} transitions of CartPole, ${(bytes.length / 1e6).toFixed(1)} MB`;
  const options = { group, n: 10, warmup: 2 };

  Deno.bench(`copy the state, while the run waits`, { ...options, baseline: true }, async (bench) => {
    bench.start();
    const encoded = encodeCheckpoint(settings, prepared.snapshot({ views: true }));
    bench.end();
    await encoded;
  });
  Deno.bench(
    `copy and seal`,
    options,
    async () => void await encodeCheckpoint(settings, prepared.snapshot({ views: true })),
  );
  if (Deno.permissions.querySync({ name: "write" }).state === "granted") {
    const file = Deno.makeTempFileSync();
    Deno.bench(`write and flush`, options, async () => await writeFileMeanwhile(file, bytes));
    addEventListener("unload", () => Deno.removeSync(file));
  }
  Deno.bench(`copy, without the replay buffer`, options, async (bench) => {
    bench.start();
    const encoded = encodeCheckpoint(settings, prepared.snapshot({ replay: false }));
    bench.end();
    await encoded;
  });
  Deno.bench(`read and resume`, options, async () => {
    prepareRun(settings, (await decodeCheckpoint(bytes)).snapshot);
  });
}
