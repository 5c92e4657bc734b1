import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { Sha256 } from "../../../agents/mod.ts";
import { type Env, makeEnv, type Scene, sceneToPixels, type Shape } from "../../../envs/mod.ts";
import { GYMNASIUM_IDS } from "../_gymnasium_ids.ts";

/** A white view of 0 to `width` and 0 to `height` with black shapes. */
function scene(width: number, height: number, ...shapes: Shape[]): Scene {
  return { x: 0, y: 0, width, height, background: "#ffffff", description: "a test", shapes };
}

/** How much of each pixel is black, in 255ths, by rows; shapes are black on white. */
function blackness(picture: Scene, rows: number, columns: number): number[][] {
  const image = sceneToPixels(picture, [rows, columns]);
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => {
      const at = (row * columns + column) * 3;
      const [r, g, b] = image.subarray(at, at + 3);
      assertEquals([g, b], [r, r]);
      return 255 - r!;
    }));
}

/** The same of a pixel of which a part is covered: means are rounded, halves up. */
const part = (covered: number) => 255 - Math.floor(255 * (1 - covered) + 0.5);

/** How much of a pixel its circle covers, by eight lines; π / 4 is 0.7854. */
const DISC = Array.from({ length: 8 }, (_, i) => Math.sqrt(1 - ((i - 3.5) / 4) ** 2) / 8)
  .reduce((sum, chord) => sum + chord);

const fill = "#000000";

Deno.test("a pixel is as dark as a rectangle covers it; the upper row comes first", () => {
  const left = { kind: "rectangle", x: 0.5, y: 1.5, width: 1, height: 1, fill } as const;
  assertEquals(blackness(scene(2, 2, left), 2, 2), [[255, 0], [0, 0]]);
  assertEquals(blackness(scene(2, 2, { ...left, y: 1 }), 2, 2), [[127, 0], [127, 0]]);
  // From 0.2 to 0.53 of one pixel, and of three: upright edges may be anywhere.
  const narrow = { ...left, x: 0.365, y: 0.5, width: 0.33 };
  assertEquals(blackness(scene(1, 1, narrow), 1, 1), [[part(0.33)]]);
  assertEquals(blackness(scene(1, 1, narrow), 1, 3), [[part(0.4), part(0.59), 0]]);
  // Of eight lines per pixel, those whose height lies in it: from 1 / 16 to 5 / 16, of which the upper end belongs to it, two.
  const flat = { ...left, y: 1 - 3 / 16, height: 1 / 4 };
  assertEquals(blackness(scene(1, 1, flat), 1, 1), [[part(2 / 8)]]);
  // Stretched: a view of 4 × 1 in a square.
  assertEquals(blackness(scene(4, 1, { ...left, x: 1, y: 0.5, width: 2 }), 2, 2), [[255, 0], [255, 0]]);
});

Deno.test("a rectangle turns about its centre, counter-clockwise", () => {
  const bar = { kind: "rectangle", x: 1.5, y: 1.5, width: 3, height: 1, fill } as const;
  assertEquals(blackness(scene(3, 3, bar), 3, 3), [[0, 0, 0], [255, 255, 255], [0, 0, 0]]);
  const upright = blackness(scene(3, 3, { ...bar, angle: Math.PI / 2 }), 3, 3);
  assertEquals(upright, [[0, 255, 0], [0, 255, 0], [0, 255, 0]]);
  const rising = blackness(scene(3, 3, { ...bar, angle: Math.PI / 4 }), 3, 3);
  assert(rising[0]![2]! > 64 && rising[2]![0]! > 64 && rising[0]![0] === 0 && rising[2]![2] === 0);
});

Deno.test("a circle covers its area", () => {
  const circle = { kind: "circle", x: 0.5, y: 0.5, radius: 0.5 } as const;
  assertEquals(blackness(scene(1, 1, { ...circle, fill }), 1, 1), [[part(DISC)]]);
  assertAlmostEquals(DISC, Math.PI / 4, 0.02);
  // Its outline reaches from radius 0.5 to 1.5: a quarter of the circle above is the hole in each of four pixels.
  const cut = part(1 - DISC / 4);
  const ring = { ...circle, x: 2, y: 2, radius: 1, stroke: fill, strokeWidth: 1 };
  const drawn = blackness(scene(4, 4, ring), 4, 4);
  assertEquals(drawn.slice(1, 3).map((row) => row.slice(1, 3)), [[cut, cut], [cut, cut]]);
  assertEquals(drawn, drawn.toReversed());
  assertEquals(drawn, drawn.map((row) => row.toReversed()));
});

Deno.test("polygons are filled wherever they wind around a point", () => {
  const half = scene(1, 1, { kind: "polygon", points: [0, 0, 1, 0, 0, 1], fill });
  assertEquals(blackness(half, 1, 1), [[127]]);
  // Twice around: even-odd would leave the middle out.
  const twice = [0, 0, 3, 0, 3, 1, 0, 1, 0, 0, 3, 0, 3, 1, 0, 1];
  assertEquals(blackness(scene(3, 1, { kind: "polygon", points: twice, fill }), 1, 3), [[255, 255, 255]]);
  // Two squares, not joined.
  const apart = [0, 0, 1, 0, 1, 1, 2, 1, 2, 0, 3, 0, 3, 1, 0, 1];
  assertEquals(blackness(scene(3, 1, { kind: "polygon", points: apart, fill }), 1, 3), [[255, 0, 255]]);
});

Deno.test("a comb with many teeth has them all", () => {
  const teeth = Array.from({ length: 30 }, (_, i) => [2 * i, 0, 2 * i, 1, 2 * i + 1, 1, 2 * i + 1, 0]).flat();
  const drawn = blackness(scene(60, 1, { kind: "polygon", points: teeth, fill }), 1, 60);
  assertEquals(drawn, [Array.from({ length: 60 }, (_, i) => i % 2 === 0 ? 255 : 0)]);
});

Deno.test("lines have round ends and no gaps, however thin", () => {
  const line = { kind: "line", points: [1.5, 1.5, 3.5, 1.5], stroke: fill, strokeWidth: 1 } as const;
  const drawn = blackness(scene(5, 3, line), 3, 5);
  assertEquals([drawn[0], drawn[2]], [[0, 0, 0, 0, 0], [0, 0, 0, 0, 0]]);
  assertEquals(drawn[1], [0, part((1 + DISC) / 2), 255, part((1 + DISC) / 2), 0]);
  for (const width of [{ strokeWidth: 1e-9 }, {}]) {
    const thin = { kind: "line", points: [0, 1.49, 5, 1.49], stroke: fill, ...width } as const;
    assertEquals(blackness(scene(5, 3, thin), 3, 5)[1], Array(5).fill(part(1 / 4)), "a quarter of a pixel");
  }
  // A closed path returns to its start; a line does not.
  const corner = { points: [0.5, 0.5, 2.5, 0.5, 2.5, 2.5], stroke: fill, strokeWidth: 0.5 };
  assertEquals(blackness(scene(3, 3, { kind: "line", ...corner }), 3, 3)[1]![1], 0);
  assert(blackness(scene(3, 3, { kind: "polygon", ...corner }), 3, 3)[1]![1]! > 0);
});

Deno.test("later shapes lie over earlier ones, and pixels are means in each channel", () => {
  const all = { kind: "rectangle", x: 0.5, y: 0.5, width: 1, height: 1, fill: "#102030" } as const;
  const half = { ...all, x: 0.25, width: 0.5, fill: "#FF0001" };
  assertEquals([...sceneToPixels(scene(1, 1, all), [1, 1])], [16, 32, 48]);
  // (8 · 255 + 8 · 16) / 16 = 135.5, 16, 24.5: halves up.
  assertEquals([...sceneToPixels(scene(1, 1, all, half), [1, 1])], [136, 16, 25]);
  assertEquals([...sceneToPixels(scene(1, 1, half, all), [1, 1])], [16, 32, 48]);
  // 0.2125 · 136 + 0.7154 · 16 + 0.0721 · 25 = 42.1489
  assertEquals([...sceneToPixels(scene(1, 1, all, half), [1, 1], { gray: true })], [42]);
  assertEquals([...sceneToPixels(scene(1, 1), [1, 2], { gray: true })], [255, 255]);
});

Deno.test("on black, each byte is its distance from that of the background", () => {
  const black = { blackBackground: true };
  const half = (fill: string) =>
    ({ kind: "rectangle", x: 0.25, y: 0.5, width: 0.5, height: 1, fill }) as const;
  const on = (background: string, fill: string) => ({ ...scene(1, 1, half(fill)), background });
  assertEquals([...sceneToPixels(on("#ffffff", "#000000"), [1, 2], black)], [255, 255, 255, 0, 0, 0]);
  // Lighter and darker channels alike.
  assertEquals([...sceneToPixels(on("#203040", "#302060"), [1, 2], black)], [16, 16, 32, 0, 0, 0]);
  assertEquals([...sceneToPixels(on("#000000", "#102030"), [1, 2], black)], [16, 32, 48, 0, 0, 0]);
  // A pixel that is covered by a half: |128 − 255|.
  assertEquals([...sceneToPixels(on("#ffffff", "#000000"), [1, 1], black)], [127, 127, 127]);
  // ⌊0.2125 · 32 + 0.7154 · 48 + 0.0721 · 64⌋ = 45 and ⌊0.2125 · 48 + 0.7154 · 32 + 0.0721 · 96⌋ = 40.
  const gray = { ...black, gray: true };
  assertEquals([...sceneToPixels(on("#203040", "#302060"), [1, 2], gray)], [5, 0]);
  assertEquals([...sceneToPixels(on("#ffffff", "#000000"), [1, 2], gray)], [255, 0]);
});

Deno.test("shapes outside of the view leave it as it is", () => {
  const far = { kind: "circle", x: 1e9, y: -1e9, radius: 5, fill } as const;
  const huge = { kind: "rectangle", x: -1e12, y: 0, width: 1e12, height: 1e12, fill } as const;
  assertEquals(blackness(scene(1, 1, far, huge), 1, 1), [[0]]);
});

Deno.test("the pictures of every environment stay as they are in every bit", () => {
  const hash = new Sha256();
  for (const id of GYMNASIUM_IDS.filter((name) => !name.startsWith("LunarLander"))) {
    const env: Env = makeEnv(id);
    env.actionSpace.seed(1);
    env.reset({ seed: 1 });
    for (let i = 0; i < 3; i++) {
      hash.update(sceneToPixels(env.render(), [31, 47]));
      const { terminated, truncated } = env.step(env.actionSpace.sample());
      if (terminated || truncated) env.reset();
    }
  }
  assertEquals(hash.digest(), "748f5a6862ff3edfff58610fb89f9d791e008152e84113de245d9e20de9b69da");
});

Deno.test("sceneToPixels() refuses bad sizes, colours and numbers", () => {
  const draw = (size: unknown, picture: unknown = scene(1, 1)) => () =>
    Reflect.apply(sceneToPixels, undefined, [picture, size]);
  const [name, whole] = ["Cannot draw a scene: ", "must be a whole number from 1, got "];
  assertThrows(draw([0, 4]), RangeError, `${name}rows ${whole}0`);
  assertThrows(draw([4, -1]), RangeError, `${name}columns ${whole}-1`);
  assertThrows(draw([4, 1.5]), TypeError, `${name}columns ${whole}1.5`);
  assertThrows(draw(["4", 4]), TypeError, `${name}rows ${whole}"4"`);
  assertThrows(draw(48), TypeError, "size must be the numbers of rows and of columns, got 48");
  assertThrows(draw([1, 2, 3]), TypeError, "size must be the numbers of rows and of columns, got Array");
  assertThrows(draw([2048, 1024]), RangeError, "size must make at most 1048576 pixels, got 2097152");
  for (const colour of ["red", "#fff", "#12345g", ""]) {
    const odd = { ...scene(1, 1), background: colour };
    assertThrows(draw([1, 1], odd), RangeError, "colours must be #rrggbb, got");
  }
  for (const value of [NaN, Infinity, -Infinity]) {
    const circle = { kind: "circle", x: value, y: 0, radius: 1, fill };
    const rectangle = { kind: "rectangle", x: 0, y: 0, width: 1, height: 1, angle: value, fill };
    const line = { kind: "line", points: [0, 0, value, 1], stroke: fill };
    for (const shape of [circle, rectangle, line]) {
      const odd = { ...scene(1, 1), shapes: [shape] };
      assertThrows(draw([1, 1], odd), RangeError, "numbers must be finite");
    }
    assertThrows(draw([1, 1], { ...scene(1, 1), x: value }), RangeError, "numbers must be finite");
  }
  assertThrows(draw([1, 1], scene(0, 1)), RangeError, "numbers must be finite, got Infinity");
});
