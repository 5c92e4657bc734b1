/** Words of the figure on FrozenLake. */
export const FROZEN_LAKE_WORDS = {
  intro: {
    en:
      "From S over the ice to the goal G, which is worth 1; a hole H ends the episode. On each tile the four values Q(s, a): left, down, right, up; the best is underlined.",
    ko:
      "S에서 출발해 얼음을 밟고 보상이 1인 목표 G까지 갑니다. 구멍 H에 빠지면 에피소드가 끝납니다. 칸마다 왼쪽, 아래, 오른쪽, 위의 값 Q(s, a) 네 개가 있고, 가장 큰 값에 밑줄이 있습니다.",
  },
  table: { en: "Q-Learning", ko: "Q-Learning" },
  network: { en: "Q-Network", ko: "Q-Network" },
  dqn: { en: "DQN", ko: "DQN" },
  tableNote: { en: "A table. Goal reached {count} times.", ko: "표. 목표에 {count}번 도달." },
  networkNote: {
    en: "A network that learns from each step once. Goal reached {count} times.",
    ko: "스텝마다 한 번씩만 학습하는 신경망. 목표에 {count}번 도달.",
  },
  dqnNote: {
    en: "A network with experience replay and a target network. Goal reached {count} times.",
    ko: "경험 재생과 목표 신경망을 쓰는 신경망. 목표에 {count}번 도달.",
  },
  left: { en: "left", ko: "왼쪽" },
  down: { en: "down", ko: "아래" },
  right: { en: "right", ko: "오른쪽" },
  up: { en: "up", ko: "위" },
  speed: { en: "Steps per second", ko: "초당 스텝 수" },
  steps: { en: "Steps of training", ko: "학습 스텝 수" },
  gamma: { en: "Discount γ", ko: "할인율 γ" },
  learningRate: { en: "Step size α of the table", ko: "표의 학습률 α" },
  epsilon: { en: "ε, from 1 down to", ko: "ε(1에서 시작해 이 값까지)" },
  slippery: { en: "Slippery ice", ko: "미끄러운 얼음" },
  learning: { en: "Step {step} of {steps}.", ko: "{steps}스텝 중 {step}." },
  done: {
    en: "{steps} steps. Weights of the table {table}, of the Q-network {network}, of DQN {dqn}.",
    ko: "{steps}스텝. 가중치: 표 {table}, Q-Network {network}, DQN {dqn}.",
  },
} as const;
