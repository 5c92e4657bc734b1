import { assert, assertEquals, assertThrows } from "@std/assert";
import { type Env, makeEnv, type Scene, sceneToSvg } from "../../../envs/mod.ts";
import { GYMNASIUM_IDS } from "../_gymnasium_ids.ts";

const SCENE: Scene = {
  x: -1,
  y: -1,
  width: 2,
  height: 2,
  background: "#ffffff",
  description: 'a <b> & "c"',
  shapes: [
    { kind: "rectangle", x: 0.5, y: 0.5, width: 0.5, height: 0.25, angle: Math.PI / 2, fill: "#112233" },
    { kind: "circle", x: 0, y: -0.5, radius: 0.1, stroke: "#445566", strokeWidth: 0.02 },
    { kind: "line", points: [-1, -1, 0, 1 / 3], stroke: "#000000" },
    { kind: "polygon", points: [0, 0, 1, 0, 0, 1], fill: "#abcdef" },
  ],
};

Deno.test("sceneToSvg() flips y, scales, escapes and shortens", () => {
  assertEquals(
    sceneToSvg(SCENE, { width: 200 }),
    `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200" viewBox="0 0 200 200" role="img">
<title>a &lt;b&gt; &amp; &quot;c&quot;</title>
<rect width="100%" height="100%" fill="#ffffff"/>
<rect x="125" y="37.5" width="50" height="25" transform="rotate(-90 150 50)" fill="#112233"/>
<circle cx="100" cy="150" r="10" fill="none" stroke="#445566" stroke-width="2"/>
<polyline points="0,200 100,66.67" fill="none" stroke="#000000" stroke-linecap="round" stroke-linejoin="round"/>
<polygon points="100,100 200,100 100,0" fill="#abcdef"/>
</svg>
`,
  );
});

Deno.test("sceneToSvg() draws every environment, before and during an episode", () => {
  for (const id of GYMNASIUM_IDS) {
    const env: Env = makeEnv(id);
    for (
      const prepare of [() => {}, () => env.reset({ seed: 0 }), () => env.step(env.actionSpace.sample())]
    ) {
      prepare();
      const scene = env.render();
      assert(scene.shapes.length > 2 && scene.description.length > 20, id);
      const svg = sceneToSvg(scene);
      assertEquals(svg, sceneToSvg(env.render()));
      assert(svg.includes('width="600"'));
      assert(!/NaN|Infinity|undefined|e-/.test(svg.replace(/stroke-\w+|<title>.*/g, "")), id);
    }
  }
  const [cart, car] = [makeEnv("CartPole-v1"), makeEnv("MountainCar-v0")];
  for (const env of [cart, car]) assert(sceneToSvg(env.render()).includes('width="600" height="400"'));
});

Deno.test("sceneToSvg() refuses bad sizes and numbers", () => {
  for (const width of [0, -1, NaN, Infinity]) {
    assertThrows(
      () => sceneToSvg(SCENE, { width }),
      RangeError,
      `Cannot draw a scene: width must be a positive number, got ${width}`,
    );
  }
  const broken: Scene = { ...SCENE, shapes: [{ kind: "circle", x: NaN, y: 0, radius: 1 }] };
  assertThrows(() => sceneToSvg(broken), RangeError, "Cannot draw a scene: numbers must be finite, got NaN");
});
