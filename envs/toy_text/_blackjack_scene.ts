/**
 * The picture of Blackjack.
 *
 * @module
 */

import type { Scene, Shape } from "../scenes/scene.ts";
import { strokeText } from "../scenes/stroke_text.ts";

/** The table is 6 × 4 units; colours after Gymnasium's `blackjack.py`. */
const WIDTH = 6;
const HEIGHT = 4;
const CARD_WIDTH = 0.9;
const CARD_HEIGHT = 1.25;
const DEALER_Y = 3;
const PLAYER_Y = 1;
const BLACK = "#111827";
const RED = "#c53030";
const WHITE = "#ffffff";

/** The cards on the table. */
export interface BlackjackTable {
  /** Values of the player's cards, an ace as 1. */
  player: readonly number[];
  /** Values of the dealer's cards. */
  dealer: readonly number[];
  playerSum: number;
  dealerSum: number;
  /** The suit of the dealer's first card: clubs, diamonds, hearts, spades. */
  suit: number;
  /** The face of the dealer's first card if it is a ten: jack, queen, king. */
  face: number;
  /** Whether all of the dealer's cards are visible. */
  isOpen: boolean;
}

/** Draws the table. */
export function drawBlackjack(table: BlackjackTable): Scene {
  const { player, dealer, playerSum, dealerSum, suit, face, isOpen } = table;
  const dealt = dealer.length > 0;
  const seen = isOpen ? `${dealerSum}` : dealt ? rankOf(dealer[0]!) : "no cards";
  return {
    x: 0,
    y: 0,
    width: WIDTH,
    height: HEIGHT,
    background: "#076324",
    description: `A table of blackjack: the dealer shows ${seen}, the player holds ${
      dealt ? playerSum : "no cards"
    }`,
    shapes: [
      {
        kind: "line",
        points: [0.3, HEIGHT / 2, WIDTH - 0.3, HEIGHT / 2],
        stroke: "#0d7a30",
        strokeWidth: 0.03,
      },
      ...strokeText("DEALER", 0.72, DEALER_Y + 0.78, 0.16, "#b7dfc0"),
      ...strokeText("PLAYER", 0.72, PLAYER_Y + 0.78, 0.16, "#b7dfc0"),
      ...dealer.flatMap((card, i) => {
        const x = positionOf(i, dealer.length);
        if (i === 1 && !isOpen) return back(x, DEALER_Y);
        return i === 0 ? topCard(x, DEALER_Y, card, suit, face) : plainCard(x, DEALER_Y, card);
      }),
      ...player.flatMap((card, i) => plainCard(positionOf(i, player.length), PLAYER_Y, card)),
      ...(isOpen ? badge(DEALER_Y, dealerSum) : []),
      ...(dealt ? badge(PLAYER_Y, playerSum) : []),
    ],
  };
}

/** The centre of a card among several, which overlap if necessary. */
function positionOf(index: number, count: number): number {
  const spacing = Math.min(CARD_WIDTH + 0.15, (WIDTH - 3.2) / Math.max(count - 1, 1));
  return WIDTH / 2 + (index - (count - 1) / 2) * spacing;
}

function rankOf(card: number): string {
  return card === 1 ? "A" : `${card}`;
}

function blank(x: number, y: number, fill: string): Shape {
  const [width, height] = [CARD_WIDTH, CARD_HEIGHT];
  return { kind: "rectangle", x, y, width, height, fill, stroke: "#9ca3af", strokeWidth: 0.02 };
}

/** A card without a suit. */
function plainCard(x: number, y: number, card: number): Shape[] {
  return [
    blank(x, y, WHITE),
    ...strokeText(rankOf(card), x, y, 0.5, BLACK),
    ...strokeText(rankOf(card), x - 0.28, y + 0.46, 0.16, BLACK),
  ];
}

function topCard(x: number, y: number, card: number, suit: number, face: number): Shape[] {
  const ink = suit === 1 || suit === 2 ? RED : BLACK;
  const rank = card === 10 ? "JQK"[face]! : rankOf(card);
  return [
    blank(x, y, WHITE),
    ...strokeText(rank, x, y + 0.22, 0.5, ink),
    ...strokeText(rank, x - 0.28, y + 0.46, 0.16, ink),
    ...suitShapes(x, y - 0.32, suit, ink),
  ];
}

function back(x: number, y: number): Shape[] {
  const lines: Shape[] = [];
  for (let i = -2; i <= 2; i++) {
    for (const slope of [-1, 1]) {
      const [left, right] = [y + 0.2 * i - 0.17 * slope, y + 0.2 * i + 0.17 * slope];
      lines.push({
        kind: "line",
        points: [x - 0.34, left, x + 0.34, right],
        stroke: "#90b4e8",
        strokeWidth: 0.03,
      });
    }
  }
  return [
    blank(x, y, WHITE),
    { kind: "rectangle", x, y, width: CARD_WIDTH - 0.14, height: CARD_HEIGHT - 0.14, fill: "#2b5fae" },
    ...lines,
  ];
}

/** Clubs, diamonds, hearts or spades, about 0.4 high. */
function suitShapes(x: number, y: number, suit: number, fill: string): Shape[] {
  const circle = (dx: number, dy: number, radius: number): Shape => ({
    kind: "circle",
    x: x + dx,
    y: y + dy,
    radius,
    fill,
  });
  const polygon = (...points: number[]): Shape => ({
    kind: "polygon",
    points: points.map((value, i) => value + (i % 2 === 0 ? x : y)),
    fill,
  });
  const stem = polygon(-0.07, -0.2, 0.07, -0.2, 0, 0.02);
  switch (suit) {
    case 0:
      return [circle(-0.1, -0.04, 0.09), circle(0.1, -0.04, 0.09), circle(0, 0.11, 0.09), stem];
    case 1:
      return [polygon(0, 0.22, 0.15, 0, 0, -0.22, -0.15, 0)];
    case 2:
      return [
        circle(-0.085, 0.08, 0.095),
        circle(0.085, 0.08, 0.095),
        polygon(-0.17, 0.04, 0.17, 0.04, 0, -0.2),
      ];
    default:
      return [
        circle(-0.085, -0.04, 0.095),
        circle(0.085, -0.04, 0.095),
        polygon(-0.17, 0, 0.17, 0, 0, 0.22),
        stem,
      ];
  }
}

/** A hand's sum, to the right of it. */
function badge(y: number, sum: number): Shape[] {
  const x = WIDTH - 0.65;
  return [
    {
      kind: "circle",
      x,
      y,
      radius: 0.38,
      fill: sum > 21 ? RED : "#0d4a20",
      stroke: WHITE,
      strokeWidth: 0.03,
    },
    ...strokeText(`${sum}`, x, y, 0.34, WHITE),
  ];
}
