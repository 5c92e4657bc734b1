/** Words of the figure on DQN. */
export const DQN_WORDS = {
  episodes: { en: "Episodes", ko: "에피소드 수" },
  training: { en: "The lecture's program trains.", ko: "강의의 프로그램이 학습하고 있습니다." },
  progress: {
    en: "episode {episode} of {episodes}, step {step}",
    ko: "에피소드 {episode} / {episodes}, 스텝 {step}",
  },
  curve: { en: "Total reward of each episode", ko: "에피소드별 보상 총합" },
  single: { en: "one episode", ko: "에피소드 하나" },
  mean: { en: "mean of the last 20", ko: "최근 20개의 평균" },
  printed: { en: "What the program prints", ko: "프로그램의 출력" },
  settings: { en: "Settings: {settings}.", ko: "설정: {settings}." },
  film: {
    en: "The greedy policy after training: Total Reward: {total}",
    ko: "학습이 끝난 탐욕 정책: Total Reward: {total}",
  },
  done: {
    en: "Trained for {steps} steps. The greedy episode has a total reward of {total}.",
    ko: "{steps}스텝을 학습했습니다. 탐욕 에피소드의 보상 총합은 {total}입니다.",
  },
} as const;
