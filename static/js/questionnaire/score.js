import { HUNDRED, ZERO, decimal, display, greater, lesser, whole } from "./fraction.js";
import { ANSWERED, COULD_NOT_CHECK, NOT_APPLICABLE, UNANSWERED, read } from "./rules.js";

const MARKED = [NOT_APPLICABLE, COULD_NOT_CHECK, UNANSWERED];

/**
 * One visit's score, exact: base -> bonus -> critical -> outcome, with its trace in `lines` and `steps`.
 * @param {object} definition @param {object} answers @param {Record<string, string>} [given] the reviewer's points
 */
export const score = (definition, answers, given = {}) => {
  const { states, values } = read(definition, answers);
  const lines = [...definition.questions.values()].map((one) => lineOf(one, states.get(one.key), values, given));
  const sections = each(definition.sections.map(({ key }) => key), (key) => share(lines, (line) => line.section === key));
  const dimensions = each(definition.dimensions, (key) => share(lines, (line) => line.dimension === key));
  const failedCritical = lines.filter((line) => line.failsCritical).map((line) => line.key);
  const steps = [...moves(definition, lines, sections, failedCritical.length > 0)];
  const { overall, word } = steps.at(-1);
  const outcome = word.split(".")[1];
  const shown = { overall: display(overall), outcome, sections: shownOf(sections), dimensions: shownOf(dimensions) };
  return { overall, outcome, sections, dimensions, coverage: coverageOf(lines), failedCritical, lines, steps, shown };
};

const lineOf = (question, state, values, given) => {
  const earned = earnedOf(question, state, values, given);
  const failsCritical = Boolean(earned && question.critical && earned.isBelow(question.failBelow));
  const line = { key: question.key, section: question.section, dimension: question.dimension, earned, failsCritical };
  return {
    ...line,
    maximum: question.points,
    weight: question.weight,
    critical: question.critical,
    counts: isScorable(question) && !question.bonus,
    state: earned ? (question.bonus ? "bonus" : "scored") : stateWithout(question, state),
    mark: markOf(question, state, line),
  };
};

const isScorable = (question) => !question.points.isZero && question.behaviour.scoredBy === "answer";

const earnedOf = (question, state, values, given) => {
  const { behaviour, key, points } = question;
  if (points.isZero || (state !== ANSWERED && state !== UNANSWERED)) return null;
  if (behaviour.scoredBy === "reviewer") return Object.hasOwn(given, key) ? clip(decimal(given[key]), points) : null;
  return state === ANSWERED ? clip(behaviour.earned(question, values.get(key)), points) : null;
};

const clip = (earned, points) => lesser(greater(earned, ZERO), points);

const stateWithout = (question, state) =>
  state === ANSWERED || (state === UNANSWERED && !isScorable(question)) ? "unscored" : state;

const markOf = (question, state, { earned, failsCritical }) => {
  if (!earned) return MARKED.find((mark) => mark === stateWithout(question, state)) ?? "none";
  if (failsCritical) return "must_keep_missed";
  if (earned.equals(question.points)) return "kept";
  return earned.isZero ? "missed" : "partly";
};

const share = (lines, isIn) => {
  const scored = lines.filter((line) => line.state === "scored" && isIn(line));
  return percent(sum(scored, (line) => line.weight.times(line.earned)), scored);
};

const percent = (earned, scored) => {
  const possible = sum(scored, (line) => line.weight.times(line.maximum));
  return possible.isZero ? null : HUNDRED.times(earned).over(possible);
};

const sum = (items, part) => items.reduce((total, item) => total.plus(part(item)), ZERO);

const coverageOf = (lines) => {
  const scored = lines.filter((line) => line.state === "scored").length;
  const open = lines.filter((line) => line.counts && [COULD_NOT_CHECK, UNANSWERED].includes(line.state)).length;
  return scored + open ? whole(scored).over(whole(scored + open)) : null;
};

function* moves({ scoring, sections: parts }, lines, sections, failed) {
  let overall = baseOf(scoring, parts, lines, sections);
  yield { word: "base", overall };
  const bonus = sum(lines.filter((line) => line.state === "bonus"), (line) => line.weight.times(line.earned));
  if (scoring.mode === "points" && overall && !bonus.isZero) {
    const scored = lines.filter((line) => line.state === "scored");
    overall = percent(sum(scored, (line) => line.weight.times(line.earned)).plus(bonus), scored);
    yield { word: "bonus", overall };
    if (HUNDRED.isBelow(overall) && !scoring.allowOver100) yield { word: "clip", overall: (overall = HUNDRED) };
  }
  if (failed) yield { word: `critical.${scoring.critical}`, overall: (overall = afterCritical(scoring, overall)) };
  yield { word: `outcome.${outcomeOf(scoring, overall, failed)}`, overall };
}

const BASES = {
  none: () => null,
  points: (parts, lines) => share(lines, () => true),
  sections: (parts, lines, sections) => {
    const there = parts.filter(({ key, weight }) => sections[key] && !weight.isZero);
    const weights = sum(there, ({ weight }) => weight);
    return there.length ? sum(there, ({ key, weight }) => weight.times(sections[key])).over(weights) : null;
  },
};

const baseOf = (scoring, parts, lines, sections) => BASES[scoring.mode](parts, lines, sections);

const CRITICAL = {
  fail: (overall) => overall,
  cap: (overall, cap) => lesser(overall, cap),
  zero: () => ZERO,
};

const afterCritical = (scoring, overall) => overall && CRITICAL[scoring.critical](overall, scoring.cap);

const outcomeOf = ({ passMark }, overall, failed) => {
  if (failed) return "fail";
  if (!overall || !passMark) return "none";
  return overall.isBelow(passMark) ? "fail" : "pass";
};

const each = (keys, value) => Object.fromEntries(keys.map((key) => [key, value(key)]));

const shownOf = (shares) => each(Object.keys(shares), (key) => display(shares[key]));
