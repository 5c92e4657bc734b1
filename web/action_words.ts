/**
 * Names of actions in the language of the page.
 *
 * @module
 */

import type { Language } from "./site/languages.ts";

/** The Korean of each name that environments of the page give to an action, to a dimension of it, or to a part. */
const KOREAN: ReadonlyMap<string, string> = new Map(Object.entries({
  "push left": "왼쪽으로 밀기",
  "push right": "오른쪽으로 밀기",
  "push": "미는 힘",
  "accelerate left": "왼쪽으로 가속",
  "coast": "가속하지 않음",
  "accelerate right": "오른쪽으로 가속",
  "throttle": "가속",
  "torque -1 N m": "토크 -1 N m",
  "no torque": "토크 없음",
  "torque 1 N m": "토크 1 N m",
  "torque (N m)": "토크(N m)",
  "do nothing": "아무것도 하지 않음",
  "fire left engine": "왼쪽 엔진 분사",
  "fire main engine": "주 엔진 분사",
  "fire right engine": "오른쪽 엔진 분사",
  "main engine": "주 엔진",
  "side engines": "측면 엔진",
  "left": "왼쪽",
  "down": "아래",
  "right": "오른쪽",
  "up": "위",
  "south": "남쪽",
  "north": "북쪽",
  "east": "동쪽",
  "west": "서쪽",
  "pick up": "픽업",
  "drop off": "내려 주기",
  "stick": "그만 받기",
  "hit": "카드 받기",
  "turn left": "왼쪽으로 돌기",
  "turn right": "오른쪽으로 돌기",
  "move forward": "앞으로 가기",
  "drop": "내려놓기",
  "toggle": "열고 닫기",
  "done": "완료",
  "thigh": "허벅지",
  "leg": "종아리",
  "foot": "발",
  "back thigh": "뒤 허벅지",
  "back shin": "뒤 정강이",
  "back foot": "뒷발",
  "front thigh": "앞 허벅지",
  "front shin": "앞 정강이",
  "front foot": "앞발",
  "right thigh": "오른쪽 허벅지",
  "right leg": "오른쪽 종아리",
  "right foot": "오른발",
  "left thigh": "왼쪽 허벅지",
  "left leg": "왼쪽 종아리",
  "left foot": "왼발",
}));

/**
 * The name of an action, such as `push left` or `main engine -1, side engines 0`, in a language.
 *
 * @param name The environment's, in English.
 * @param language The language.
 * @returns The words, with the same numbers and a true minus sign; the English name where there are none.
 */
export function actionWord(name: string, language: Language): string {
  const words = language === "en" ? name : korean(name);
  return words.replaceAll(/(?<![^ ])-(?=\d)/g, "−");
}

function korean(name: string): string {
  return KOREAN.get(name) ??
    name.split(", ").map((part) => {
      const [, words = part, number = ""] = /^(.*?)( -?\d+(?:\.\d+)?)$/.exec(part) ?? [];
      return inKorean(words) + number;
    }).join(", ");
}

/** The Korean of a name without numbers; that of a joint's torque is made from the joint's. */
function inKorean(words: string): string {
  const joint = KOREAN.get(/^torque of the (.*)$/.exec(words)?.[1] ?? "");
  return KOREAN.get(words) ?? (joint === undefined ? words : `${joint} 토크`);
}
