/** Words of the figure on the target network. */
export const TARGET_NETWORK_WORDS = {
  intro: {
    en:
      "The label of one transition, the first of the run: r + γ · max Q(s′, a′; θ′), after each step of training. Thin: Q(s, a; θ), the value that the label is for.",
    ko:
      "학습의 첫 경험 하나에 대한 정답 레이블 r + γ · max Q(s′, a′; θ′)를 스텝마다 그립니다. 가는 선은 이 레이블을 목표로 하는 값 Q(s, a; θ)입니다.",
  },
  label: { en: "label", ko: "레이블" },
  value: { en: "Q(s, a)", ko: "Q(s, a)" },
  with: {
    en: "Target network copied every {interval} steps: the label changed {changes} times in {steps} steps",
    ko: "목표 신경망을 {interval}스텝마다 동기화: {steps}스텝 동안 레이블이 {changes}번 바뀜",
  },
  without: {
    en: "No target network (copied after every step): the label changed {changes} times in {steps} steps",
    ko: "목표 신경망 없음(스텝마다 동기화): {steps}스텝 동안 레이블이 {changes}번 바뀜",
  },
  interval: { en: "Steps between copies", ko: "동기화 주기(스텝)" },
  steps: { en: "Steps of training", ko: "학습 스텝 수" },
  learning: {
    en: "Both runs learn: step {step} of {steps}.",
    ko: "두 학습이 진행 중입니다: {steps}스텝 중 {step}.",
  },
  done: {
    en: "Weights at the end, with a target network {with}, without {without}.",
    ko: "학습이 끝난 뒤의 가중치: 목표 신경망이 있을 때 {with}, 없을 때 {without}.",
  },
} as const;
