/** Words of the figure on MountainCar. */
export const MOUNTAIN_CAR_WORDS = {
  value: {
    en: "Value of each state, from {low} (dark) to {high} (bright): position across, velocity upwards",
    ko: "상태마다의 가치, {low}(어두움)에서 {high}(밝음)까지. 가로는 위치, 세로는 속도",
  },
  action: {
    en: "Greedy action of each state: position across, velocity upwards",
    ko: "상태마다의 탐욕 행동. 가로는 위치, 세로는 속도",
  },
  left: { en: "accelerate left", ko: "왼쪽으로 가속" },
  none: { en: "not at all", ko: "가속하지 않음" },
  right: { en: "accelerate right", ko: "오른쪽으로 가속" },
  curve: { en: "Total reward of each episode", ko: "에피소드별 보상 총합" },
  single: { en: "one episode", ko: "에피소드 하나" },
  mean: { en: "moving mean", ko: "이동 평균" },
  steps: { en: "Steps of training", ko: "학습 스텝 수" },
  training: { en: "The preset for MountainCar trains.", ko: "MountainCar의 프리셋이 학습하고 있습니다." },
  progress: {
    en: "step {step} of {steps}, episode {episode}",
    ko: "스텝 {step} / {steps}, 에피소드 {episode}",
  },
  printed: { en: "What the command prints", ko: "명령의 출력" },
  settings: { en: "Settings: {settings}.", ko: "설정: {settings}." },
  film: {
    en: "The best of {of} greedy episodes: total reward {total}",
    ko: "탐욕 에피소드 {of}개 중 가장 좋은 것: 보상 총합 {total}",
  },
  done: {
    en: "Trained for {steps} steps. The best greedy episode has a total reward of {total}.",
    ko: "{steps}스텝을 학습했습니다. 가장 좋은 탐욕 에피소드의 보상 총합은 {total}입니다.",
  },
  assignment: { en: "The assignment: search hyperparameters", ko: "과제: 하이퍼파라미터 탐색" },
  trials: { en: "Settings to try", ko: "시도할 설정의 수" },
  searchSteps: { en: "Steps of the best trials", ko: "가장 좋은 시도의 스텝 수" },
  searchSeed: { en: "Seed of the search", ko: "탐색의 시드" },
  stopped: { en: "The search was stopped.", ko: "탐색을 중지했습니다." },
  search: { en: "Search", ko: "탐색" },
  idle: {
    en: "The search trains every setting for a third of the steps, and the best third of them for all.",
    ko: "모든 설정을 스텝의 3분의 1만큼 학습하고, 그중 가장 좋은 3분의 1을 끝까지 학습합니다.",
  },
  searching: {
    en: "{ended} of {of} runs have ended; this one is at {part} %.",
    ko: "실행 {of}개 중 {ended}개가 끝났습니다. 지금 실행은 {part} %입니다.",
  },
  ranking: { en: "Settings tried, best first", ko: "시도한 설정(좋은 순서)" },
  trial: { en: "trial", ko: "시도" },
  runSteps: { en: "steps", ko: "스텝" },
  score: { en: "mean total reward", ko: "보상 총합의 평균" },
  best: { en: "1. The best hyperparameters", ko: "1. 최적 하이퍼파라미터" },
  hyperparameter: { en: "hyperparameter", ko: "하이퍼파라미터" },
  hyperparameterValue: { en: "value", ko: "값" },
  graph: { en: "2. Total reward of each episode", ko: "2. 에피소드별 보상 총합" },
  maximum: {
    en: "3. Maximum total reward {maximum}, mean {mean} over {episodes} greedy episodes",
    ko: "3. 최대 보상 총합 {maximum}, 탐욕 에피소드 {episodes}개의 평균 {mean}",
  },
  found: {
    en: "The search has ended. Maximum total reward: {maximum}.",
    ko: "탐색이 끝났습니다. 최대 보상 총합: {maximum}.",
  },
  download: { en: "Download the page to hand in", ko: "제출할 페이지 내려받기" },
} as const;
