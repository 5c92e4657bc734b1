import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { Blackjack, type BlackjackOptions, makeEnv } from "../../../envs/mod.ts";
import { assertRecording } from "../_assert_recording.ts";

Deno.test("Blackjack-v1 repeats everything recorded of Gymnasium", () => {
  assertRecording("Blackjack-v1", () => makeEnv("Blackjack-v1"));
});

/** Cards, and zeros for those that are missing. */
const hand = (cards: readonly number[]): number[] => Array.from({ length: 22 }, (_, i) => cards[i] ?? 0);

/** A Blackjack with given hands. */
function holding(
  player: readonly number[],
  dealer: readonly number[],
  options: BlackjackOptions = {},
): Blackjack {
  const env = new Blackjack(options);
  env.reset({ seed: 0 });
  env.restore({ ...env.snapshot(), state: [0, 0, 0, ...hand(player), ...hand(dealer)] });
  return env;
}

const stick = (player: number[], dealer: number[], options?: BlackjackOptions): number =>
  holding(player, dealer, options).step(0).reward;

Deno.test("Blackjack counts an ace as 11 if that does not lose", () => {
  // An action is needed to see a sum: hitting adds a card from 1 to 10.
  const sums = ([a, b]: readonly [number, number]) => {
    const { observation } = holding([a, b], [5, 5]).step(0);
    return observation;
  };
  assertEquals(sums([10, 9]), [19, 5, 0]);
  assertEquals(sums([1, 6]), [17, 5, 1]);
  assertEquals(sums([1, 1]), [12, 5, 1]);
  assertEquals(holding([1, 6, 10], [5, 5]).step(0).observation, [17, 5, 0]);
  assertEquals(holding([1, 10], [1, 5]).step(0).observation, [21, 1, 1]);
});

Deno.test("Blackjack.step(0) compares the hands", () => {
  assertEquals(stick([10, 9], [10, 8]), 1);
  assertEquals(stick([10, 8], [10, 9]), -1);
  assertEquals(stick([10, 8], [10, 8]), 0);
  assertEquals(stick([10, 2], [10, 8]), -1);
  // The dealer stands on a soft 17 and has drawn too much already.
  assertEquals(stick([10, 8], [1, 6]), 1);
  assertEquals(stick([10, 2], [10, 6, 9]), 1);
});

Deno.test("Blackjack's dealer draws to 17", () => {
  const env = holding([10, 9], [2, 2]);
  env.step(0);
  const { state } = env.snapshot();
  assert(Array.isArray(state));
  const dealer: number[] = state.slice(25).filter((card: number) => card > 0);
  const sum = dealer.reduce((total, card) => total + card, 0);
  assert(dealer.length > 2 && sum - dealer.at(-1)! < 17, `${dealer}`);
});

Deno.test("Blackjack with an ace and a ten", () => {
  const three = [10, 5, 6];
  // Sutton and Barto: it wins against 21 of more cards, and only then.
  assertEquals(stick([1, 10], three), 1);
  assertEquals(stick([10, 1], [1, 10]), 0);
  assertEquals(stick([1, 10], three, { natural: true }), 1);
  assertEquals(stick([1, 5, 5], [10, 10]), 1);
  // Without them, 21 is 21; a natural may pay more.
  assertEquals(stick([1, 10], three, { sab: false }), 0);
  assertEquals(stick([1, 10], [10, 9], { sab: false }), 1);
  assertEquals(stick([1, 10], [10, 9], { sab: false, natural: true }), 1.5);
  assertEquals(stick([1, 5, 5], [10, 9], { sab: false, natural: true }), 1);
  assertEquals(stick([10, 9], [10, 8], { sab: false, natural: true }), 1);
});

Deno.test("Blackjack.step(1) draws a card, and loses beyond 21", () => {
  const lost = holding([10, 10, 1], [5, 5]);
  let result = lost.step(1);
  assertEquals([result.reward, result.terminated], [-1, true]);
  assert(result.observation[0]! > 21);
  assertThrows(
    () => lost.step(0),
    Error,
    "Cannot step Blackjack-v1: the episode is over, reset must be called",
  );
  result = holding([2, 2], [5, 5]).step(1);
  assertEquals([result.reward, result.terminated], [0, false]);
});

/** How likely each first card is. */
const CARDS = Array.from({ length: 10 }, (_, i) => [i + 1, i === 9 ? 4 / 13 : 1 / 13] as const);

const soft = (hard: number, ace: boolean): number => ace && hard + 10 <= 21 ? hard + 10 : hard;

/** The mean reward of a player with some sum against a dealer who goes on drawing. */
function afterSticking(player: number, hard: number, ace: boolean): number {
  const dealer = soft(hard, ace);
  if (dealer >= 17) return dealer > 21 || player > dealer ? 1 : player < dealer ? -1 : 0;
  return CARDS.reduce((sum, [card, p]) => sum + p * afterSticking(player, hard + card, ace || card === 1), 0);
}

/** The mean reward of a player who hits until they have 20 or 21, by going through all hands. */
function exactValue(): number {
  const memo = new Map<string, number>();
  const play = (hard: number, ace: boolean, open: number, hidden: number, isFirst: boolean): number => {
    if (hard > 21) return -1;
    const key = `${hard} ${ace} ${open} ${hidden} ${isFirst}`;
    const known = memo.get(key);
    if (known !== undefined) return known;
    const sum = soft(hard, ace);
    const [dealerHard, dealerAce] = [open + hidden, open === 1 || hidden === 1];
    const wins = isFirst && sum === 21 && soft(dealerHard, dealerAce) !== 21;
    const value = wins ? 1 : sum >= 20 ? afterSticking(sum, dealerHard, dealerAce) : CARDS.reduce(
      (total, [card, p]) => total + p * play(hard + card, ace || card === 1, open, hidden, false),
      0,
    );
    memo.set(key, value);
    return value;
  };
  let value = 0;
  for (const [open, p] of CARDS) {
    for (const [hidden, q] of CARDS) {
      for (const [first, r] of CARDS) {
        for (const [second, s] of CARDS) {
          value += p * q * r * s * play(first + second, first === 1 || second === 1, open, hidden, true);
        }
      }
    }
  }
  return value;
}

Deno.test("Blackjack's mean reward of a player who sticks on 20 and 21 is that of all hands", () => {
  const env = makeEnv("Blackjack-v1");
  let { observation } = env.reset({ seed: 0 });
  const games = 40_000;
  let total = 0;
  for (let game = 0; game < games;) {
    const result = env.step(observation[0]! >= 20 ? 0 : 1);
    total += result.reward;
    observation = result.observation;
    if (result.terminated) {
      game++;
      observation = env.reset().observation;
    }
  }
  // Three standard errors; the reward of a game is at most 1.
  assertAlmostEquals(total / games, exactValue(), 3 / Math.sqrt(games));
});

Deno.test("Blackjack's observations are the caller's and lie in its space", () => {
  const env = new Blackjack();
  const first = env.reset({ seed: 3 }).observation;
  const copy = [...first];
  for (let i = 0; i < 500; i++) {
    const { observation, terminated } = env.step(i % 3 === 0 ? 1 : 0);
    assert(env.observationSpace.contains(observation));
    if (terminated) assert(env.observationSpace.contains(env.reset().observation));
  }
  assertEquals(first, copy);
  assertEquals(`${env.observationSpace}`, "Tuple(Discrete(32), Discrete(11), Discrete(2))");
  assertEquals(env.actionSpace.meanings, ["stick", "hit"]);
});

Deno.test("Blackjack refuses bad actions, options and snapshots", () => {
  const env = new Blackjack();
  assertThrows(() => env.step(0), Error, "Cannot step Blackjack-v1: reset must be called first");
  env.reset();
  assertThrows(() => env.step(2), RangeError, "action must be a whole number from 0 to 1, got 2");
  assertThrows(
    () => Reflect.construct(Blackjack, [{ sab: 1 }]),
    TypeError,
    "sab must be true or false, got 1",
  );
  assertThrows(
    () => Reflect.construct(Blackjack, [{ natural: "1" }]),
    TypeError,
    'Cannot make Blackjack-v1: natural must be true or false, got "1"',
  );
  const good = env.snapshot();
  const restore = (change: Record<string, unknown>) => () => env.restore({ ...good, ...change });
  const cards = (player: number[], dealer: number[]) => ({
    state: [0, 0, 0, ...hand(player), ...hand(dealer)],
  });
  assertThrows(restore(cards([0, 5], [5, 5])), RangeError, "state 3 must be from 1 to 10, got 0");
  assertThrows(restore(cards([5, 5], [5, 11])), RangeError, "state 26 must be from 1 to 10, got 11");
  assertThrows(restore(cards([5, 5.5], [5, 5])), TypeError, "state 4 must be a whole number, got 5.5");
  assertThrows(restore(cards([10, 10, 10], [5, 5])), RangeError, 'phase must fit the state, got "running"');
  assertThrows(restore({ observationSpace: [] }), TypeError, "observationSpace must be an array of length 3");
  assertThrows(
    restore({ observationSpace: [1, 2, 3] }),
    TypeError,
    "observationSpace 0 must be an object, got 1",
  );
  assertEquals(env.snapshot(), good);
});

Deno.test("Blackjack.render() hides the dealer's second card until the player sticks", () => {
  const env = holding([10, 7], [1, 8]);
  assertEquals(env.render().description, "A table of blackjack: the dealer shows A, the player holds 17");
  const isBack = (shape: { fill?: string }) => shape.fill === "#2b5fae";
  assertEquals(env.render().shapes.filter(isBack).length, 1);
  env.step(0);
  assertEquals(env.render().description, "A table of blackjack: the dealer shows 19, the player holds 17");
  assertEquals(env.render().shapes.filter(isBack).length, 0);
  assert(new Blackjack().render().description.includes("no cards"));
});

Deno.test("the dealer's other cards are seen once the player sticks", () => {
  const env = new Blackjack();
  assertEquals(env.hands(), { player: [], dealer: [] });
  env.reset({ seed: 0 });
  assertEquals(env.hands(), { player: [7, 4], dealer: [10] });
  env.hands().player.push(9);
  env.step(1);
  assertEquals(env.hands(), { player: [7, 4, 1], dealer: [10] });
  env.step(0);
  assertEquals(env.hands().dealer, [10, 9]);
});
