/** Words of the figure on dueling networks. */
export const DUELING_WORDS = {
  upright: { en: "The pole stands upright, at rest", ko: "막대가 똑바로 서 있는 상태" },
  chosen: {
    en: "The pole leans by {angle}°, turning at {velocity} rad/s",
    ko: "막대가 {angle}° 기울고 {velocity} rad/s로 도는 상태",
  },
  matters: {
    en: "The cart moves as after the pushes that turned the pole. Here the action may still decide.",
    ko: "카트는 막대를 돌린 만큼 밀린 속도로 움직입니다. 여기서는 행동에 따라 결과가 달라질 수 있습니다.",
  },
  falls: {
    en: "The next step ends the episode whatever the action: in truth V(s) is 1 and both advantages are 0.",
    ko: "어떤 행동을 하든 다음 스텝에서 에피소드가 끝납니다. 참값은 V(s) = 1, 두 어드밴티지 = 0입니다.",
  },
  value: { en: "Value V(s) over the steps of training", ko: "학습 스텝에 따른 상태 가치 V(s)" },
  advantages: {
    en: "Advantages A(s, a), less their mean",
    ko: "어드밴티지 A(s, a)(평균을 뺀 값)",
  },
  left: { en: "push left", ko: "왼쪽으로 밀기" },
  right: { en: "push right", ko: "오른쪽으로 밀기" },
  leftShort: { en: "left", ko: "왼쪽" },
  rightShort: { en: "right", ko: "오른쪽" },
  angle: { en: "Angle of the second pole (°)", ko: "두 번째 막대의 각도(°)" },
  velocity: { en: "Angular velocity (rad/s)", ko: "각속도(rad/s)" },
  episodes: { en: "Episodes", ko: "에피소드 수" },
  state: { en: "state", ko: "상태" },
  now: { en: "Values of both states now", ko: "두 상태의 현재 값" },
  training: { en: "A dueling network trains.", ko: "듀얼링 신경망이 학습하고 있습니다." },
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
