import type { Language } from "./languages.ts";

/** The words of the site around the chapters, in every language. */
const WORDS = {
  language: { en: "English", ko: "한국어" },
  description: {
    en: "Deep Q-learning, a course with live figures: every number is computed as you watch.",
    ko: "움직이는 그림으로 배우는 심층 Q-러닝: 모든 수치를 보는 자리에서 계산합니다.",
  },
  skip: { en: "Skip to the chapter", ko: "본문으로 건너뛰기" },
  course: { en: "Chapters", ko: "목차" },
  start: { en: "The course", ko: "강의 첫 페이지" },
  play: { en: "Play and train", ko: "직접 플레이하고 학습하기" },
  pages: { en: "Previous and next chapter", ko: "이전 장과 다음 장" },
  previous: { en: "Previous", ko: "이전" },
  next: { en: "Next", ko: "다음" },
  otherLanguage: { en: "Language", ko: "언어" },
  figure: { en: "Live figure", ko: "움직이는 그림" },
  noScript: {
    en: "A live figure runs here if JavaScript is allowed.",
    ko: "자바스크립트를 허용하면 여기에서 그림이 움직입니다.",
  },
  table: { en: "Table", ko: "표" },
  code: { en: "Code", ko: "코드" },
  local: {
    en: "Nothing leaves this page: whatever runs here runs in your browser.",
    ko: "모든 계산은 브라우저 안에서 이루어지며, 어떤 데이터도 밖으로 나가지 않습니다.",
  },
} satisfies Record<string, Record<Language, string>>;

/** A word of the site. */
export type Word = keyof typeof WORDS;

/** Returns the words of a language. */
export function wordsOf(language: Language): (word: Word) => string {
  return (word) => WORDS[word][language];
}
