/**
 * Blackjack-v1 by its rules alone: an endless deck, and the ace and ten of Sutton and Barto that win at once.
 *
 * @module
 */

/** How likely a card of each value is, by value; an ace is 1. */
const CARDS = [0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 4].map((count) => count / 13);

/** A hand: its sum with every ace as 1, whether there is one, and how many cards, as far as that matters. */
interface Hand {
  hard: number;
  hasAce: boolean;
  cards: 1 | 2 | 3;
}

/** Whether to hit; as `Blackjack` shows it. */
export type BlackjackPolicy = (sum: number, dealer: number, usableAce: number) => boolean;

function draw({ hard, hasAce, cards }: Hand, card: number): Hand {
  return { hard: hard + card, hasAce: hasAce || card === 1, cards: cards === 1 ? 2 : 3 };
}

function isUsable({ hard, hasAce }: Hand): boolean {
  return hasAce && hard + 10 <= 21;
}

function sumOf(hand: Hand): number {
  return isUsable(hand) ? hand.hard + 10 : hand.hard;
}

function isNatural(hand: Hand): boolean {
  return hand.cards === 2 && sumOf(hand) === 21;
}

/** Calls `visit` with every final hand of the dealer, and how likely it is. */
function playDealer(hand: Hand, probability: number, visit: (hand: Hand, probability: number) => void): void {
  if (hand.cards > 1 && sumOf(hand) >= 17) return visit(hand, probability);
  for (let card = 1; card <= 10; card++) playDealer(draw(hand, card), probability * CARDS[card]!, visit);
}

/** What a card of the dealer's may become: how likely a natural is, and each sum from 17 on, all above 21 as 22. */
const DEALERS = CARDS.map((_, open) => {
  const sums = new Float64Array(23);
  let natural = 0;
  if (open > 0) {
    playDealer({ hard: open, hasAce: open === 1, cards: 1 }, 1, (hand, probability) => {
      sums[Math.min(sumOf(hand), 22)]! += probability;
      if (isNatural(hand)) natural += probability;
    });
  }
  return { sums, natural };
});

/** The expected reward of sticking. */
function stickValue(hand: Hand, open: number): number {
  const { sums, natural } = DEALERS[open]!;
  if (isNatural(hand)) return 1 - natural;
  const ours = sumOf(hand);
  return sums.reduce((value, probability, theirs) => {
    return value + probability * (theirs > 21 ? 1 : Math.sign(ours - theirs));
  }, 0);
}

/** What a game is worth: under a policy, or under the best one. */
export function blackjackValue(policy?: BlackjackPolicy): number {
  const known = new Map<string, number>();
  const valueOf = (hand: Hand, open: number): number => {
    if (sumOf(hand) > 21) return -1;
    const key = `${hand.hard} ${hand.hasAce} ${hand.cards} ${open}`;
    const value = known.get(key);
    if (value !== undefined) return value;
    const hit = () =>
      CARDS.reduce((sum, p, card) => card === 0 ? sum : sum + p * valueOf(draw(hand, card), open), 0);
    const hits = policy?.(sumOf(hand), open, isUsable(hand) ? 1 : 0);
    const worth = hits === undefined
      ? Math.max(hit(), stickValue(hand, open))
      : hits
      ? hit()
      : stickValue(hand, open);
    known.set(key, worth);
    return worth;
  };
  let value = 0;
  for (let open = 1; open <= 10; open++) {
    for (let first = 1; first <= 10; first++) {
      for (let second = 1; second <= 10; second++) {
        const hand = draw({ hard: first, hasAce: first === 1, cards: 1 }, second);
        value += CARDS[open]! * CARDS[first]! * CARDS[second]! * valueOf(hand, open);
      }
    }
  }
  return value;
}
