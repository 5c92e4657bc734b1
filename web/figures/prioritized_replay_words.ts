/** Words of the figure on prioritized replay. */
export const PRIORITIZED_REPLAY_WORDS = {
  capacity: { en: "Buffer size", ko: "경험 재생 버퍼 크기" },
  episodes: { en: "Episodes", ko: "에피소드 수" },
  alpha: { en: "α, effect of priorities", ko: "α(우선순위의 영향)" },
  beta: { en: "β, effect of weights", ko: "β(가중치의 영향)" },
  draws: { en: "Draws", ko: "뽑는 횟수" },
  priorities: {
    en: "Priority of each step in the buffer, |\u2060δ| and a little; the largest tenth in a strong colour",
    ko: "버퍼에 든 스텝마다의 우선순위(|\u2060δ| + 작은 값). 큰 쪽 10분의 1은 진한 색입니다",
  },
  slot: { en: "slot of the buffer", ko: "버퍼의 슬롯" },
  counts: {
    en: "How often each step is drawn; uniformly it would be {uniform} times",
    ko: "스텝마다 뽑힌 횟수. 균등하게 뽑으면 {uniform}번입니다",
  },
  means: { en: "What the importance weights make up for", ko: "중요도 가중치가 보정하는 것" },
  meanHead: { en: "mean |\u2060δ|", ko: "|\u2060δ|의 평균" },
  uniform: { en: "every step once (the truth)", ko: "모든 스텝을 한 번씩(참값)" },
  drawn: { en: "the steps drawn", ko: "뽑힌 스텝" },
  weighted: { en: "the steps drawn, with their weights", ko: "뽑힌 스텝에 가중치를 곱했을 때" },
  weights: {
    en: "Importance weights lie between {least} and {most}.",
    ko: "중요도 가중치는 {least}에서 {most} 사이입니다.",
  },
  computed: {
    en:
      "The first command prints the weights and saves the priorities; the second prints the means and the range of the importance weights.",
    ko:
      "첫 번째 명령은 weights를 출력하고 우선순위를 저장합니다. 두 번째 명령은 평균과 중요도 가중치의 범위를 출력합니다.",
  },
  training: {
    en: "A DQN with prioritized replay trains.",
    ko: "우선순위 경험 재생을 쓰는 DQN이 학습하고 있습니다.",
  },
  progress: {
    en: "episode {episode} of {episodes}, step {step}",
    ko: "에피소드 {episode} / {episodes}, 스텝 {step}",
  },
  settings: { en: "Settings: {settings}.", ko: "설정: {settings}." },
  done: {
    en: "Trained for {steps} steps. weights {weights}",
    ko: "{steps}스텝을 학습했습니다. weights {weights}",
  },
} as const;
