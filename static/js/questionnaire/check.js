import { checkPhotos, countPhotos } from "./evidence.js";
import { isRequired, needsComment, photosNeeded } from "./needs.js";
import { ANSWERED, HIDDEN, UNANSWERED, answerAt, isObject, read } from "./rules.js";
import { LONGEST, isBlank, lengthOf, pointer } from "./texts.js";

const ANSWER = ["value", "not_applicable", "could_not_check"];
const MEMBERS = [...ANSWER, "comment", "at"];

/**
 * Every mistake of meaning in the answers and photos of a visit, as the server would find them.
 * `need` counts what is missing or too many: photos, else 1.
 * @returns {{path: string, code: string, question: string|null, need: number}[]}
 */
export const checkAnswers = (definition, answers, photos) => {
  const { states, values } = read(definition, answers);
  const taken = countPhotos(photos);
  const unknown = Object.keys(answers).filter((key) => !states.has(key));
  return [
    ...unknown.map((key) => at(key, "question.unknown")),
    ...[...definition.questions.values()].flatMap((question) => {
      const { key } = question;
      return [...checkQuestion(definition, question, states.get(key), answers, values, taken.get(key) ?? 0)];
    }),
    ...checkPhotos(definition, states, photos),
  ];
};

/**
 * What the person still has to do at the questions that are asked, in their order, each thing once.
 * @returns {{question: string, section: string, code: string, need: number}[]}
 */
export const missing = (definition, answers, photos) => {
  const { states } = read(definition, answers);
  const order = [...states.keys()].filter((key) => states.get(key) !== HIDDEN);
  const found = checkAnswers(definition, answers, photos).filter(({ question }) => order.includes(question));
  const once = new Map(found.map((mistake) => [`${mistake.question} ${mistake.code}`, mistake]));
  return [...once.values()]
    .sort((one, other) => order.indexOf(one.question) - order.indexOf(other.question))
    .map(({ question, code, need }) => ({ question, section: definition.questions.get(question).section, code, need }));
};

function* checkQuestion(definition, question, state, answers, values, taken) {
  const { key, behaviour } = question;
  const answer = answerAt(answers, key);
  const given = answer !== undefined;
  if (state === HIDDEN || (given && !behaviour.takesAnswer)) {
    if (given) yield at(key, state === HIDDEN ? "answer.hidden" : "answer.not_allowed");
    return;
  }
  if (given) yield* checkAnswer(question, answer);
  if (behaviour.takesValue && saysNothing(question, answer, state) && isRequired(definition, question, values)) {
    yield at(key, "answer.required");
  }
  yield* checkEvidence(definition, question, state, answer, values, taken);
}

const saysNothing = (question, answer, state) => {
  if (state !== UNANSWERED) return false;
  if (!isObject(answer)) return (answer ?? null) === null;
  return "value" in answer && !question.behaviour.fault(question, answer.value);
};

function* checkAnswer(question, answer) {
  const { key, behaviour } = question;
  if (!isObject(answer)) {
    yield at(key, "answer.shape");
    return;
  }
  for (const member of Object.keys(answer)) {
    if (!MEMBERS.includes(member)) yield at(key, "answer.member", member);
  }
  if (ANSWER.filter((member) => member in answer).length !== 1) yield at(key, "answer.one_of");
  const fault = "value" in answer && behaviour.fault(question, answer.value);
  if (fault) yield at(key, fault, "value");
  yield* checkInstead(question, answer);
  yield* checkBeside(question, answer);
}

function* checkInstead({ key, notApplicable, couldNotCheck }, answer) {
  if ("not_applicable" in answer) {
    if (!notApplicable) yield at(key, "not_applicable.not_allowed", "not_applicable");
    else if (answer.not_applicable !== true) yield at(key, "answer.one_of", "not_applicable");
  }
  if ("could_not_check" in answer) {
    const reason = answer.could_not_check;
    if (!couldNotCheck) yield at(key, "could_not_check.not_allowed", "could_not_check");
    if (typeof reason !== "string" || isBlank(reason)) yield at(key, "reason.required", "could_not_check");
    else if (lengthOf(reason) > LONGEST) yield at(key, "reason.length", "could_not_check");
  }
}

function* checkBeside({ key, comment: rule }, { comment = null, at: time = "" }) {
  if (comment !== null && typeof comment !== "string") yield at(key, "comment.kind", "comment");
  else if (lengthOf(comment ?? "") > LONGEST) yield at(key, "comment.length", "comment");
  else if (rule === "none" && !isBlank(comment ?? "")) yield at(key, "comment.not_allowed", "comment");
  if (typeof time !== "string") yield at(key, "at.kind", "at");
}

function* checkEvidence(definition, question, state, answer, values, taken) {
  const { key, behaviour } = question;
  if (state === ANSWERED && needsComment(definition, question, values) && !hasComment(answer)) {
    yield at(key, "comment.required", "comment");
  }
  if (state !== ANSWERED && (state !== UNANSWERED || behaviour.takesValue)) return;
  const needed = photosNeeded(definition, question, values, taken);
  if (taken < needed) yield { ...at(key, "photos.too_few"), need: needed - taken };
}

const hasComment = ({ comment }) => typeof comment === "string" && !isBlank(comment);

const at = (question, code, ...member) => ({ path: pointer("answers", question, ...member), code, question, need: 1 });
