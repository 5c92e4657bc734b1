/** Words that several figures use. */
export const COMMON_WORDS = {
  command: {
    en: "The same run on the command line, bit for bit:",
    ko: "명령줄에서 비트까지 똑같이 실행하려면:",
  },
  failed: { en: "This figure cannot run: {reason}.", ko: "이 그림을 실행할 수 없습니다: {reason}." },
  workerFailed: { en: "its worker could not be started", ko: "작업자(worker)를 시작하지 못했습니다" },
  unknown: { en: "there is no figure named {name}", ko: "{name}이라는 그림이 없습니다" },
  play: { en: "Play", ko: "재생" },
  pause: { en: "Pause", ko: "일시 정지" },
  oneStep: { en: "One step", ko: "한 스텝" },
  start: { en: "Start", ko: "시작" },
  stop: { en: "Stop", ko: "중지" },
  restart: { en: "Start again", ko: "다시 시작" },
  episode: { en: "episode", ko: "에피소드" },
  step: { en: "step", ko: "스텝" },
  seed: { en: "Seed", ko: "시드" },
} as const;
