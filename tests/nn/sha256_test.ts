import { assertEquals, assertThrows } from "@std/assert";
import { randomSeeded } from "@std/random";
import { weightsHash } from "../../agents/mod.ts";
import { Sha256 } from "../../nn/mod.ts";

async function expected(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

Deno.test("Sha256 of nothing is the one of FIPS 180-4", () => {
  assertEquals(new Sha256().digest(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
});

Deno.test("Sha256 agrees with the engine's, whatever the pieces", async () => {
  const random = randomSeeded(1n);
  for (let length = 0; length < 200; length++) {
    const bytes = new Uint8Array(length).map(() => Math.floor(random() * 256));
    const hash = new Sha256();
    for (let at = 0; at < length;) {
      const end = Math.min(length, at + 1 + Math.floor(random() * 70));
      hash.update(bytes.subarray(at, end));
      at = end;
    }
    assertEquals(hash.digest(), await expected(bytes));
    assertEquals(hash.digest(), await expected(bytes), "digest changes nothing");
  }
});

Deno.test("Sha256 continues from a snapshot that went through JSON", () => {
  const bytes = new Uint8Array(300).map((_, i) => i);
  const whole = new Sha256();
  whole.update(bytes);
  for (const cut of [0, 1, 63, 64, 65, 200]) {
    const first = new Sha256();
    first.update(bytes.subarray(0, cut));
    const second = Sha256.from(JSON.parse(JSON.stringify(first.snapshot())));
    second.update(bytes.subarray(cut));
    assertEquals(second.digest(), whole.digest());
  }
});

Deno.test("Sha256 takes in bytes whose length an engine wraps at 32 bits", async () => {
  const bytes = new Uint8Array(300).map((_, i) => i);
  const hash = new Sha256();
  // As V8's optimised code sees it from 2 GiB on; so many bytes take half a minute.
  hash.update(Object.defineProperty(bytes.slice(), "length", { value: bytes.length - 2 ** 32 }));
  assertEquals(hash.digest(), await expected(bytes));
});

Deno.test("Sha256 counts on beyond 2^32 bytes", () => {
  const length = 2 ** 33 - 64;
  const hash = Sha256.from({ ...new Sha256().snapshot(), length });
  hash.update(new Uint8Array(130));
  assertEquals([hash.snapshot().length, hash.snapshot().rest.length], [2 ** 33 + 66, 2]);
  assertEquals(Sha256.from(hash.snapshot()).digest(), hash.digest());
});

Deno.test("the fingerprint of weights is the hash of their bytes, however many there are", async () => {
  const lengths = [1, 16_383, 16_384, 16_385, 40_000];
  const tensors = lengths.map((length, t) => ({
    name: `${t}`,
    shape: [length],
    data: Float32Array.from({ length }, (_, i) => (i % 1_000 - 500) / (t + 3)),
  }));
  const floats = Float32Array.from(tensors.flatMap(({ data }) => [...data]));
  assertEquals(weightsHash({ tensors: () => tensors }), await expected(new Uint8Array(floats.buffer)));
});

Deno.test("Sha256 refuses bad snapshots", () => {
  const good = new Sha256().snapshot();
  for (const bad of [{ ...good, words: [1] }, { ...good, rest: [1] }, { ...good, length: -1 }]) {
    assertThrows(() => Sha256.from(bad), TypeError, "Cannot restore a Sha256");
  }
});
