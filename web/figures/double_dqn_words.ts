/** Words of the figure on Double DQN. */
export const DOUBLE_DQN_WORDS = {
  samples: { en: "Samples", ko: "표본 수" },
  actions: { en: "Actions", ko: "행동 수" },
  noise: { en: "Noise (standard deviation)", ko: "노이즈(표준편차)" },
  steps: { en: "Steps of each run", ko: "실행마다의 스텝 수" },
  single: { en: "One Q: max Q(a), mean {mean}", ko: "Q 하나: max Q(a), 평균 {mean}" },
  double: {
    en: "Two of them: Q′(argmax Q(a)), mean {mean}",
    ko: "Q 두 개: Q′(argmax Q(a)), 평균 {mean}",
  },
  truth: { en: "true value, 0", ko: "참값 0" },
  mean: { en: "mean of the samples", ko: "표본의 평균" },
  estimates: { en: "Estimates of the maximum", ko: "최댓값의 추정" },
  estimate: { en: "estimate", ko: "추정값" },
  meanHead: { en: "mean", ko: "평균" },
  truthHead: { en: "true value", ko: "참값" },
  measured: { en: "Measured on a network, in CartPole-v1", ko: "CartPole-v1의 신경망에서 측정" },
  values: {
    en: "Value that the network predicts, and discounted return that it gets (γ 0.98)",
    ko: "신경망이 예측한 값과 실제로 얻은 할인된 수익(γ 0.98)",
  },
  predicted: { en: "{agent}, predicted", ko: "{agent}, 예측" },
  obtained: { en: "{agent}, obtained", ko: "{agent}, 실제" },
  agentHead: { en: "agent", ko: "에이전트" },
  predictedHead: { en: "predicted", ko: "예측" },
  obtainedHead: { en: "obtained", ko: "실제" },
  excessHead: { en: "excess", ko: "초과" },
  training: {
    en: "DQN, then Double DQN, trains and is measured.",
    ko: "DQN과 Double DQN을 차례로 학습하며 측정합니다.",
  },
  progress: {
    en: "step {step} of {steps}, run {run} of {runs}",
    ko: "스텝 {step} / {steps}, 실행 {run} / {runs}",
  },
  done: {
    en:
      "The maximum of noisy values is too large by {bias} on average. Both networks are measured after {steps} steps.",
    ko: "노이즈가 있는 값의 최댓값은 평균 {bias}만큼 큽니다. 두 신경망은 {steps}스텝 뒤에 측정했습니다.",
  },
} as const;
