import type { Words } from "../figures/words.ts";

/** The words around a program, in every language. */
export const WORDS = {
  program: { en: "Program, which can be changed", ko: "고칠 수 있는 프로그램" },
  output: { en: "Output of the program", ko: "프로그램의 출력" },
  run: { en: "Run", ko: "실행" },
  stop: { en: "Stop", ko: "중지" },
  restore: { en: "Undo all changes", ko: "처음으로 되돌리기" },
  running: { en: "Running…", ko: "실행 중…" },
  ended: { en: "Ran to the end in {seconds} s.", ko: "{seconds}초 만에 끝까지 실행했습니다." },
  stopped: { en: "Stopped.", ko: "중지했습니다." },
  failedAt: { en: "Line {line}: {reason}", ko: "{line}행: {reason}" },
} as const satisfies Words;
