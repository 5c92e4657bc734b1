/** Words of the figure on experience replay. */
export const EXPERIENCE_REPLAY_WORDS = {
  strip: {
    en: "The buffer: {size} of {capacity} slots in use, {added} transitions added, {dropped} overwritten.",
    ko: "버퍼: 슬롯 {capacity}개 중 {size}개 사용, 추가된 경험 {added}개, 덮어쓴 경험 {dropped}개.",
  },
  drawnKey: { en: "drawn for the last mini-batch", ko: "마지막 미니배치로 뽑힌 경험" },
  newestKey: { en: "the newest", ko: "가장 최근 경험" },
  episodes: { en: "Episodes", ko: "에피소드 수" },
  capacity: { en: "Buffer size", ko: "버퍼 크기" },
  batchSize: { en: "Mini-batch size", ko: "미니배치 크기" },
  variable: { en: "Variable", ko: "변수" },
  cartPosition: { en: "cart position", ko: "카트 위치" },
  cartVelocity: { en: "cart velocity", ko: "카트 속도" },
  poleAngle: { en: "pole angle", ko: "막대 각도" },
  poleVelocity: { en: "pole angular velocity", ko: "막대 각속도" },
  consecutive: { en: "in the order of experience", ko: "경험한 순서대로" },
  sampled: { en: "sampled at random", ko: "무작위로 추출" },
  scatter: {
    en: "{order}: {variable} of a transition (across) and of the next one (up), correlation {correlation}",
    ko: "{order}: 한 경험의 {variable}(가로)와 다음 경험의 값(세로), 상관계수 {correlation}",
  },
  correlations: { en: "Correlation of a transition with the next one", ko: "다음 경험과의 상관계수" },
  shapes: { en: "The last mini-batch", ko: "마지막 미니배치" },
  column: { en: "column", ko: "열" },
  shape: { en: "shape", ko: "형태" },
  first: { en: "first row", ko: "첫 행" },
  tooFew: { en: "fewer transitions than a mini-batch", ko: "경험이 미니배치보다 적음" },
  filling: { en: "Episode {episode} of {episodes}.", ko: "에피소드 {episodes}개 중 {episode}번째." },
  computed: {
    en:
      "The first command prints the trajectory and saves the transitions; the second prints the last mini-batch and the correlations.",
    ko:
      "첫 번째 명령은 trajectory를 출력하고 경험을 파일로 저장합니다. 두 번째 명령은 마지막 미니배치와 상관계수를 출력합니다.",
  },
  done: {
    en: "{added} transitions of {episodes} episodes. trajectory {trajectory}",
    ko: "에피소드 {episodes}개의 경험 {added}개. trajectory {trajectory}",
  },
} as const;
