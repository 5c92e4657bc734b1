import { assertEquals } from "@std/assert";
import { fromFileUrl } from "../../.ci/from_file_url.ts";
import { GOLDEN_FILE } from "./golden_runs.ts";

/** What `.ci/install_tools` leaves: an emulator, the libraries of arm64, and Deno for it. */
const EMULATOR = "/usr/bin/qemu-aarch64";
const LIBRARIES = "/usr/aarch64-linux-gnu";
const DENO = "/opt/deno-arm64/deno";

const isThere = [EMULATOR, `${LIBRARIES}/lib/libc.so.6`, DENO].every((path) => {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
});

/** A network with all its options, and a table; few steps, since emulation is slow. */
const NAMES = ["cartpole rainbow", "frozen lake q-learning"];

Deno.test("golden runs have the bits of x64 on arm64, under emulation", {
  ignore: !isThere || Deno.build.arch !== "x86_64",
}, async () => {
  const script = fromFileUrl(new URL("_print_runs.ts", import.meta.url));
  const { success, stdout, stderr } = await new Deno.Command(EMULATOR, {
    // What V8 keeps of compiled code is for the machine it was compiled on.
    args: [
      "-L",
      LIBRARIES,
      DENO,
      "run",
      "--quiet",
      "--cached-only",
      "--no-check",
      "--no-code-cache",
      script,
      ...NAMES,
    ],
    env: { QEMU_LD_PREFIX: LIBRARIES },
  }).output();
  assertEquals(success, true, new TextDecoder().decode(stderr));
  const golden = JSON.parse(Deno.readTextFileSync(GOLDEN_FILE));
  assertEquals(JSON.parse(new TextDecoder().decode(stdout)), {
    arch: "aarch64",
    runs: Object.fromEntries(NAMES.map((name) => [name, golden[name]])),
  });
});
