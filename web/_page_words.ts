/**
 * Words that the page writes while it runs; the others are in index.html and index.ko.html.
 *
 * @module
 */

import { languageOf, type Translate, type Words, wordsIn } from "./figures/words.ts";

const PAGE_WORDS = {
  play: { en: "Play", ko: "재생" },
  pause: { en: "Pause", ko: "일시 정지" },
  score: { en: "step {step}, return {value}", ko: "스텝 {step}, 수익 {value}" },
  keys: { en: "Keys: {keys}", ko: "키: {keys}" },
  space: { en: "space", ko: "스페이스" },
  noKey: { en: "no key", ko: "키를 누르지 않으면" },
  firstKey: { en: "Your first key starts the game.", ko: "첫 키를 누르면 게임이 시작됩니다." },
  overAfterOne: {
    en: "Episode over after {steps} step, return {value}.",
    ko: "{steps}스텝 만에 에피소드가 끝났습니다. 수익은 {value}입니다.",
  },
  overAfter: {
    en: "Episode over after {steps} steps, return {value}.",
    ko: "{steps}스텝 만에 에피소드가 끝났습니다. 수익은 {value}입니다.",
  },
  versus: {
    en: "You {person}, policy {policy}. Press a key for another game.",
    ko: "나 {person}, 정책 {policy}. 아무 키나 누르면 다시 시작합니다.",
  },
  action: { en: "action {index}", ko: "행동 {index}" },
  part: { en: "part {index}", ko: "부분 {index}" },
  shipped: { en: "Ours", ko: "페이지의 정책" },
  trainedHere: { en: "trained in this tab", ko: "이 탭에서 학습한 정책" },
  step: { en: "step {step}", ko: "스텝 {step}" },
  loading: { en: "Loading…", ko: "불러오는 중…" },
  none: { en: "None.", ko: "없음" },
  noneYet: {
    en: "None yet: train one below, or open a file.",
    ko: "아직 없습니다. 아래에서 학습하거나 파일을 여십시오.",
  },
  cannotPlay: { en: "Cannot play {name}: {reason}.", ko: "{name}: 정책을 실행할 수 없습니다. {reason}." },
  switchTo: { en: "Switch to {env}", ko: "{env} 환경으로 바꾸기" },
  starts: { en: "Training starts.", ko: "학습을 시작합니다." },
  workerFailed: {
    en: "The training worker could not be started.",
    ko: "학습을 맡을 작업자(worker)를 시작하지 못했습니다.",
  },
  progress: { en: "Step {step}.", ko: "스텝 {step}." },
  progressEvaluated: {
    en: "Step {step}, evaluated at {mean}.",
    ko: "스텝 {step}, 평가에서 얻은 평균 수익 {mean}.",
  },
  ended: {
    en: "Ended after {step} steps of {env} in {seconds} s ({reason}).",
    ko: "{env}: {step}스텝, {seconds}초 만에 끝났습니다({reason}).",
  },
  mean: {
    en: "Mean return {mean} over {episodes} greedy episodes.",
    ko: "탐욕 에피소드 {episodes}개의 평균 수익은 {mean}입니다.",
  },
  curve: {
    en: "Return of {episodes} episodes; the mean of the last {window} is {mean}",
    ko: "에피소드 {episodes}개의 수익. 마지막 {window}개의 평균은 {mean}",
  },
} as const satisfies Words;

/** Gives the page's words in the language that it declares. */
export const pageWord: Translate<typeof PAGE_WORDS> = wordsIn(
  PAGE_WORDS,
  languageOf(document.documentElement.lang),
);
