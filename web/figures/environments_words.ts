/** Words of the figure on environments. */
export const ENVIRONMENTS_WORDS = {
  you: { en: "You", ko: "나" },
  random: { en: "Random agent", ko: "무작위 에이전트" },
  keys: {
    en:
      "Click the picture or move to it by Tab; ← pushes left, → pushes right. Your first push starts your game.",
    ko: "그림을 클릭하거나 Tab 키로 이동한 뒤 ←로 왼쪽, →로 오른쪽으로 밉니다. 처음 밀면 게임이 시작됩니다.",
  },
  left: { en: "← push left", ko: "← 왼쪽으로 밀기" },
  right: { en: "push right →", ko: "오른쪽으로 밀기 →" },
  score: {
    en: "episode {episode}, step {step}, return {total}",
    ko: "에피소드 {episode}, 스텝 {step}, 보상 총합 {total}",
  },
  speed: { en: "Steps per second", ko: "초당 스텝 수" },
  cartPosition: { en: "cart position", ko: "카트 위치" },
  cartVelocity: { en: "cart velocity", ko: "카트 속도" },
  poleAngle: { en: "pole angle", ko: "막대 각도" },
  poleVelocity: { en: "pole angular velocity", ko: "막대 각속도" },
  unit: { en: "{name} ({unit})", ko: "{name}({unit})" },
  returns: {
    en: "Return of each episode of the random agent: {returns}.",
    ko: "무작위 에이전트의 에피소드별 보상 총합: {returns}.",
  },
  noReturns: {
    en: "Return of each episode of the random agent: the first one is not over yet.",
    ko: "무작위 에이전트의 에피소드별 보상 총합: 첫 에피소드가 아직 끝나지 않았습니다.",
  },
  playing: {
    en: "The random agent plays {episodes} episodes.",
    ko: "무작위 에이전트가 에피소드 {episodes}개를 실행합니다.",
  },
  done: {
    en: "The random agent has played {episodes} episodes; their mean return is {mean}.",
    ko: "무작위 에이전트가 에피소드 {episodes}개를 마쳤습니다. 보상 총합의 평균은 {mean}입니다.",
  },
  over: {
    en: "Your pole stood for {steps} steps. Push to play again.",
    ko: "막대가 {steps}스텝 동안 서 있었습니다. 다시 밀면 새로 시작합니다.",
  },
} as const;
