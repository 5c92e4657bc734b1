/**
 * The moon, the lander and their physics, on planck.
 *
 * @module
 */

import { exp } from "../../nn/math/exp.ts";
import { sinCos } from "../../nn/math/trig.ts";
import type { Generator } from "../random/generator.ts";
import { sin } from "../../nn/math/sin.ts";
import { type Body, Box, Edge, Polygon, RevoluteJoint, Vec2, World } from "./_planck.ts";

/** The constants of `gymnasium/envs/box2d/lunar_lander.py`; lengths there are in pixels, SCALE pixels per metre. */
const FPS = 50;
const SCALE = 30;
const MAIN_ENGINE_POWER = 13;
const SIDE_ENGINE_POWER = 0.6;
const INITIAL_FORCE = 1000;
const LANDER_OUTLINE = [[-14, 17], [-17, 0], [-17, -10], [17, -10], [17, 0], [14, 17]] as const;
const LEG_AWAY = 20;
const LEG_DOWN = 18;
const LEG_WIDTH = 2;
const LEG_HEIGHT = 8;
const LEG_SPRING_TORQUE = 40;
const MAIN_ENGINE_DOWN = 4;
const SIDE_ENGINE_HEIGHT = 14;
const SIDE_ENGINE_AWAY = 12;
/** Gymnasium writes 17 where it seems to mean the height; the resulting torque is part of the task. */
const SIDE_ENGINE_DOWN = 17;
const CHUNKS = 11;
const VELOCITY_ITERATIONS = 180;
const POSITION_ITERATIONS = 60;

/** Size of the view in metres. */
export const WIDTH: number = 600 / SCALE;
/** Size of the view in metres. */
export const HEIGHT: number = 400 / SCALE;
/** Height of the landing pad in metres. */
export const PAD_HEIGHT: number = HEIGHT / 4;
/** The left and right ends of the pad, in metres. */
export const PAD: readonly [from: number, to: number] = [WIDTH / 10 * 4, WIDTH / 10 * 6];

/** the settings that differ between moons. */
export interface LanderSettings {
  /** Downward acceleration, negative, in m/s². */
  readonly gravity: number;
  /** Whether wind blows while no leg touches the ground. */
  readonly enableWind: boolean;
  /** Largest force of the wind, in N. */
  readonly windPower: number;
  /** Largest torque of the wind, in N m. */
  readonly turbulencePower: number;
}

/** One episode: the terrain and the lander. */
export class LanderWorld {
  /** The observation of the current state. */
  readonly observation: Float32Array = new Float32Array(8);
  /** The reward of the last step. */
  reward = 0;
  /** Whether the episode has ended. */
  over = false;
  /** The power of the main engine in the last step, from 0 to 1. */
  mainPower = 0;
  /** The power of the side engines: negative for the left one, positive for the right one. */
  sidePower = 0;
  /** Heights of the terrain, from left to right. */
  readonly terrain: readonly number[];
  readonly #settings: LanderSettings;
  readonly #generator: Generator;
  readonly #world: World;
  readonly #lander: Body;
  /** The right leg and the left leg, in Gymnasium's order. */
  readonly #legs: readonly Leg[];
  readonly #direction: Float64Array = new Float64Array(2);
  #windIndex = 0;
  #torqueIndex = 0;
  #shaping = NaN;
  #crashed = false;

  /** Draws a terrain and a push, and simulates the first 0.02 s. */
  constructor(generator: Generator, settings: LanderSettings) {
    this.#generator = generator;
    this.#settings = settings;
    this.#world = new World(new Vec2(0, settings.gravity));
    this.#world.on("begin-contact", (contact) => {
      const bodies = [contact.getFixtureA().getBody(), contact.getFixtureB().getBody()];
      if (bodies.includes(this.#lander)) this.#crashed = true;
      for (const leg of this.#legs) if (bodies.includes(leg.body)) leg.touches = true;
    });
    this.#world.on("end-contact", (contact) => {
      const bodies = [contact.getFixtureA().getBody(), contact.getFixtureB().getBody()];
      for (const leg of this.#legs) if (bodies.includes(leg.body)) leg.touches = false;
    });
    this.terrain = this.#createMoon();
    this.#lander = this.#createLander();
    if (settings.enableWind) {
      this.#windIndex = generator.integers(-9999, 9999);
      this.#torqueIndex = generator.integers(-9999, 9999);
    }
    this.#legs = [this.#createLeg(-1), this.#createLeg(1)];
    this.step(0, 0);
  }

  /** The outlines of lander and legs, x0, y0, x1, y1, … in metres. */
  get outlines(): number[][] {
    return [...this.#legs.map(({ body }) => body), this.#lander].map((body) => {
      const corners = body === this.#lander
        ? LANDER_OUTLINE
        : [[-LEG_WIDTH, -LEG_HEIGHT], [LEG_WIDTH, -LEG_HEIGHT], [LEG_WIDTH, LEG_HEIGHT], [
          -LEG_WIDTH,
          LEG_HEIGHT,
        ]];
      return corners.flatMap(([x, y]) => {
        const point = body.getWorldPoint(new Vec2(x! / SCALE, y! / SCALE));
        return [point.x, point.y];
      });
    });
  }

  /** The position in metres of a point of the lander, given in its own pixels. */
  pointAt(x: number, y: number): readonly [x: number, y: number] {
    const point = this.#lander.getWorldPoint(new Vec2(x / SCALE, y / SCALE));
    return [point.x, point.y];
  }

  /**
   * Simulates 0.02 s.
   *
   * @param main Power of the main engine, 0 or 0.5 to 1.
   * @param side Power of the side engines, 0 or 0.5 to 1, negative for the left one.
   */
  step(main: number, side: number): void {
    if (this.#settings.enableWind && !this.#legs.some(({ touches }) => touches)) this.#blow();
    const lander = this.#lander;
    sinCos(lander.getAngle(), this.#direction);
    const tipX = this.#direction[0]!;
    const tipY = this.#direction[1]!;
    const [sideX, sideY] = [-tipY, tipX];
    const along = this.#generator.uniform(-1, 1) / SCALE;
    const across = this.#generator.uniform(-1, 1) / SCALE;
    const { x, y } = lander.getPosition();

    if (main > 0) {
      const down = MAIN_ENGINE_DOWN / SCALE + 2 * along;
      const offsetX = tipX * down + sideX * across;
      const offsetY = -tipY * down - sideY * across;
      this.#push(offsetX, offsetY, MAIN_ENGINE_POWER * main, x + offsetX, y + offsetY);
    }
    if (side !== 0) {
      const away = 3 * across + (side < 0 ? -SIDE_ENGINE_AWAY : SIDE_ENGINE_AWAY) / SCALE;
      const offsetX = tipX * along + sideX * away;
      const offsetY = -tipY * along - sideY * away;
      this.#push(
        offsetX,
        offsetY,
        SIDE_ENGINE_POWER * Math.abs(side),
        x + offsetX - tipX * SIDE_ENGINE_DOWN / SCALE,
        y + offsetY + tipY * SIDE_ENGINE_HEIGHT / SCALE,
      );
    }
    this.#world.step(1 / FPS, VELOCITY_ITERATIONS, POSITION_ITERATIONS);
    this.mainPower = main;
    this.sidePower = side;
    this.#observe();
  }

  #observe(): void {
    const lander = this.#lander;
    const position = lander.getPosition();
    const velocity = lander.getLinearVelocity();
    const x = (position.x - WIDTH / 2) / (WIDTH / 2);
    const y = (position.y - (PAD_HEIGHT + LEG_DOWN / SCALE)) / (HEIGHT / 2);
    const velocityX = velocity.x * (WIDTH / 2) / FPS;
    const velocityY = velocity.y * (HEIGHT / 2) / FPS;
    const angle = lander.getAngle();
    const [right, left] = this.#legs.map(({ touches }) => touches ? 1 : 0);
    const observation = this.observation;
    observation[0] = x;
    observation[1] = y;
    observation[2] = velocityX;
    observation[3] = velocityY;
    observation[4] = angle;
    observation[5] = 20 * lander.getAngularVelocity() / FPS;
    observation[6] = right!;
    observation[7] = left!;

    const shaping = -100 * Math.sqrt(x * x + y * y) -
      100 * Math.sqrt(velocityX * velocityX + velocityY * velocityY) - 100 * Math.abs(angle) +
      10 * right! + 10 * left!;
    const gained = this.#shaping === this.#shaping ? shaping - this.#shaping : 0;
    this.#shaping = shaping;
    this.reward = gained - this.mainPower * 0.3 - Math.abs(this.sidePower) * 0.03;
    if (this.#crashed || Math.abs(x) >= 1) {
      this.over = true;
      this.reward = -100;
    }
    if (!lander.isAwake()) {
      this.over = true;
      this.reward = 100;
    }
  }

  /** Fires an engine at a point, with the exhaust along an offset; the lander moves the other way. */
  #push(offsetX: number, offsetY: number, power: number, x: number, y: number): void {
    this.#lander.applyLinearImpulse(new Vec2(-offsetX * power, -offsetY * power), new Vec2(x, y), true);
  }

  /** Wind as tanh(sin 2kt + sin πkt) with k = 0.01, which never repeats. */
  #blow(): void {
    const { windPower, turbulencePower } = this.#settings;
    this.#lander.applyForceToCenter(new Vec2(gust(this.#windIndex++) * windPower, 0), true);
    this.#lander.applyTorque(gust(this.#torqueIndex++) * turbulencePower, true);
  }

  #createMoon(): number[] {
    const heights = Array.from({ length: CHUNKS + 1 }, () => this.#generator.uniform(0, HEIGHT / 2));
    const middle = (CHUNKS - 1) / 2;
    heights.fill(PAD_HEIGHT, middle - 2, middle + 3);
    // The first height is smoothed with the last one drawn.
    const smooth = Array.from(
      { length: CHUNKS },
      (_, i) => 0.33 * (heights.at(i - 1)! + heights[i]! + heights[i + 1]!),
    );
    const moon = this.#world.createBody();
    moon.createFixture({ shape: new Edge(new Vec2(0, 0), new Vec2(WIDTH, 0)), density: 0 });
    for (let i = 0; i + 1 < CHUNKS; i++) {
      const from = new Vec2(WIDTH / (CHUNKS - 1) * i, smooth[i]!);
      const to = new Vec2(WIDTH / (CHUNKS - 1) * (i + 1), smooth[i + 1]!);
      moon.createFixture({ shape: new Edge(from, to), density: 0, friction: 0.1 });
    }
    return smooth;
  }

  #createLander(): Body {
    const lander = this.#world.createDynamicBody({ position: new Vec2(WIDTH / 2, HEIGHT), angle: 0 });
    lander.createFixture({
      shape: new Polygon(LANDER_OUTLINE.map(([x, y]) => new Vec2(x / SCALE, y / SCALE))),
      density: 5,
      friction: 0.1,
      restitution: 0,
      filterCategoryBits: 0x0010,
      filterMaskBits: 0x0001,
    });
    const force = [0, 0].map(() => this.#generator.uniform(-INITIAL_FORCE, INITIAL_FORCE));
    lander.applyForceToCenter(new Vec2(force[0]!, force[1]!), true);
    return lander;
  }

  /** The right leg for -1, the left leg for 1. The joint takes its reference angle from the bodies, 0.05 apart. */
  #createLeg(side: -1 | 1): Leg {
    const body = this.#world.createDynamicBody({
      position: new Vec2(WIDTH / 2 - side * LEG_AWAY / SCALE, HEIGHT),
      angle: side * 0.05,
    });
    body.createFixture({
      shape: new Box(LEG_WIDTH / SCALE, LEG_HEIGHT / SCALE),
      density: 1,
      restitution: 0,
      filterCategoryBits: 0x0020,
      filterMaskBits: 0x0001,
    });
    const joint = new RevoluteJoint({
      bodyA: this.#lander,
      bodyB: body,
      localAnchorA: new Vec2(0, 0),
      localAnchorB: new Vec2(side * LEG_AWAY / SCALE, LEG_DOWN / SCALE),
      enableMotor: true,
      enableLimit: true,
      maxMotorTorque: LEG_SPRING_TORQUE,
      motorSpeed: 0.3 * side,
      lowerAngle: side === -1 ? 0.9 - 0.5 : -0.9,
      upperAngle: side === -1 ? 0.9 : -0.9 + 0.5,
    });
    this.#world.createJoint(joint);
    return { body, touches: false };
  }
}

/** A leg, and whether it touches the ground. */
interface Leg {
  readonly body: Body;
  touches: boolean;
}

/** The wind at a given time, from -1 to 1. */
function gust(index: number): number {
  const strength = sin(0.02 * index) + sin(Math.PI * 0.01 * index);
  return 1 - 2 / (exp(2 * strength) + 1);
}
