/**
 * Words of the page to hand in, in the languages of the course.
 *
 * @module
 */

import { type AssignmentWords, ENGLISH_ASSIGNMENT } from "../../scripts/report/assignment_words.ts";
import { ENGLISH_SWEEP, type SweepWords } from "../../scripts/sweep/sweep_words.ts";
import { shownNumber } from "../../scripts/values/shown_number.ts";
import type { Language } from "../site/languages.ts";

/** The words of a page to hand in. */
export interface HandInWords {
  /** Of the page. */
  readonly page: AssignmentWords;
  /** Of the report of the search in it. */
  readonly search: SweepWords;
  /** The horizontal axis of its graph, given the window of the mean. */
  readonly axis: (window: number) => string;
}

/** The words by language; those in English are those of `deno task assignment`. */
export const HAND_IN_WORDS: Readonly<Record<Language, HandInWords>> = {
  en: {
    page: ENGLISH_ASSIGNMENT,
    search: ENGLISH_SWEEP,
    axis: (window) => `episode (thick: mean of the last ${window})`,
  },
  ko: {
    page: {
      language: "ko",
      title: (env) => `${env}: 최적 하이퍼파라미터로 학습한 DQN`,
      run: (agent, seed, steps) => `${agent}, 시드 ${seed}, 환경 스텝 ${steps}개`,
      headings: [
        "1. 최적 하이퍼파라미터",
        "2. 에피소드별 보상 총합",
        "3. 최대 보상 총합과 그 정책",
        "나머지 하이퍼파라미터",
        "다시 학습하기",
        "찾은 방법",
      ],
      table: ["하이퍼파라미터", "값"],
      missing: {
        graph: "끝난 학습 에피소드가 없습니다.",
        evaluation: "정책을 평가하지 않았습니다.",
        film: "애니메이션이 없습니다. <code>deno task record</code>로 그릴 수 있습니다.",
      },
      graph: "에피소드별 보상 총합",
      episodes: (count, _, isGreedy) => `${isGreedy ? "탐욕 " : ""}에피소드 ${count}개`,
      maximum: "최대 보상 총합",
      maximumNote: (episodes) => `${episodes} 중`,
      mean: "보상 총합의 평균",
      meanNote: (std) => `± ${std}, 같은 에피소드에서`,
      film: (env, agent) => `${env}의 에피소드(에이전트 ${agent})`,
      filmNote: (total, episodes) => `${episodes} 중 보상 총합이 가장 큰 에피소드(${total}), 실제 속도.`,
    },
    search: {
      trials: (count, seeds, first, version) =>
        `시도 ${count}개, ${
          seeds === 1 ? `시드 ${first} 하나씩` : `시드 ${first}부터 ${first + seeds - 1}까지 ${seeds}개씩`
        }, @bellman/dqn ${version}.`,
      sampling: {
        random: "설정은 무작위로 뽑았습니다.",
        grid: "격자의 모든 조합을 시도했습니다.",
        tpe: (roundSize) =>
          `설정은 처음에 무작위로, 그다음부터 TPE(Tree-structured Parzen Estimator)로 ${roundSize}개씩 뽑았습니다.`,
      },
      whole: "모든 시도를 끝까지 학습했습니다.",
      budget: (steps, episodes) => steps === null ? `에피소드 ${episodes}개` : `${shownNumber(steps)}스텝`,
      halving: (part, rungs, inRounds) =>
        `연속 반감법(successive halving)으로 ${
          inRounds ? "라운드마다 " : ""
        }${part}개 중 하나만 이어 학습했습니다: ${
          rungs.map(({ size, budget }) => `${size}개를 ${budget}`).join(", 이어서 ")
        }.`,
      median: (budgets) =>
        `가장 좋은 점수가 중앙값 이상인 시도만 이어 학습했습니다: ${budgets.join(", 이어서 ")}.`,
      score:
        "점수는 남겨 둔 정책이 따로 둔 탐욕 에피소드에서 얻은 보상 총합의 평균(시드에 대한 평균)입니다. " +
        "여러 시도 중 가장 좋은 것은 우연도 거들었으므로 점수가 조금 높게 나옵니다.",
      best: "가장 좋은 시도",
      ranking: "순위",
      heads: { before: ["순위", "시도"], after: ["점수", "± 표준편차", "단계", "상태"] },
      rung: (rung, of) => `${rung} / ${of}`,
      status: { finished: "끝까지 학습", stopped: "중단", failed: "실패" },
      picture: "탐색 그림",
    },
    axis: (window) => `에피소드(굵은 선: 최근 ${window}개의 평균)`,
  },
};
