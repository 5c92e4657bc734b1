/** Words of the figure on hyperparameters. */
export const HYPERPARAMETERS_WORDS = {
  run: { en: "Run {run}", ko: "실행 {run}" },
  gamma: { en: "{run}: discount γ", ko: "{run}: 할인율 γ" },
  learningRate: { en: "{run}: learning rate", ko: "{run}: 학습률" },
  epsilon: { en: "{run}: ε", ko: "{run}: ε" },
  bufferSize: { en: "{run}: buffer size", ko: "{run}: 경험 재생 버퍼 크기" },
  batchSize: { en: "{run}: mini-batch", ko: "{run}: 미니배치 크기" },
  interval: { en: "{run}: episodes per target sync", ko: "{run}: 동기화 주기(에피소드)" },
  hidden: { en: "{run}: layers", ko: "{run}: 계층" },
  episodes: { en: "Episodes", ko: "에피소드 수" },
  seed: { en: "Seed of both", ko: "두 실행의 시드" },
  curve: {
    en: "Total reward: each episode, and the mean of the last 20",
    ko: "보상 총합: 에피소드별 값과 최근 20개의 평균",
  },
  single: { en: "{run}, one episode", ko: "{run}, 에피소드 하나" },
  mean: { en: "{run}, mean", ko: "{run}, 평균" },
  progress: {
    en: "{run}: episode {episode} of {episodes}, step {step}; mean of the last 20: {mean}",
    ko: "{run}: 에피소드 {episode} / {episodes}, 스텝 {step}, 최근 20개의 평균 {mean}",
  },
  weights: { en: "{run}: weights {weights}", ko: "{run}: weights {weights}" },
  training: { en: "Both runs train.", ko: "두 실행이 학습하고 있습니다." },
  settings: { en: "Settings: {settings}.", ko: "설정: {settings}." },
  done: {
    en: "Mean of the last 20 episodes: {a} in run A, {b} in run B. One seed shows nothing yet: try others.",
    ko:
      "마지막 에피소드 20개의 평균은 실행 A가 {a}, 실행 B가 {b}입니다. 시드 하나로는 알 수 없으니 다른 시드도 해 보십시오.",
  },
} as const;
