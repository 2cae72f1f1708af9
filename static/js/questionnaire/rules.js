export const NOT_APPLICABLE = "not_applicable";
export const COULD_NOT_CHECK = "could_not_check";
export const UNANSWERED = "unanswered";
export const HIDDEN = "hidden";
export const ANSWERED = "answered";

const COMPARE = {
  is: (seen, wanted) => seen === wanted,
  in: (seen, wanted) => wanted.includes(seen),
  has: (seen, wanted) => seen.includes(wanted),
  below: (seen, wanted) => seen < wanted,
  at_least: (seen, wanted) => seen >= wanted,
};

/**
 * Whether a rule holds over the values so far; a question without a value makes every comparison false.
 * @param {object} rule @param {Map<string, object>} questions @param {Map<string, unknown>} values
 */
export const holds = (rule, questions, values) => {
  if (rule.all) return rule.all.every((part) => holds(part, questions, values));
  if (rule.any) return rule.any.some((part) => holds(part, questions, values));
  if (rule.not) return !holds(rule.not, questions, values);
  if ("answered" in rule) return values.has(rule.question) === rule.answered;
  return values.has(rule.question) && compare(rule, questions.get(rule.question), values.get(rule.question));
};

const compare = (rule, { behaviour }, value) => {
  const operator = Object.keys(COMPARE).find((name) => name in rule);
  const wanted = Array.isArray(rule[operator]) ? rule[operator].map(behaviour.operand) : behaviour.operand(rule[operator]);
  return COMPARE[operator](behaviour.measure(value), wanted);
};

/** The keys of the questions that these answers leave to be asked. @returns {Set<string>} */
export const visible = (definition, answers) => {
  const { states } = read(definition, answers);
  return new Set([...states.keys()].filter((key) => states.get(key) !== HIDDEN));
};

/**
 * Each question's state, in order, and the good values of the shown ones. What is no good value is no value.
 * @returns {{states: Map<string, string>, values: Map<string, unknown>}}
 */
export const read = (definition, answers) => {
  const states = new Map();
  const values = new Map();
  const isShown = ({ shownIf }) => !shownIf || holds(shownIf, definition.questions, values);
  for (const section of definition.sections) {
    const open = isShown(section);
    for (const question of section.questions) {
      const state = open && isShown(question) ? stateOf(question, answerAt(answers, question.key)) : HIDDEN;
      states.set(question.key, state);
      if (state === ANSWERED) values.set(question.key, answers[question.key].value);
    }
  }
  return { states, values };
};

/** The answer to a question; undefined when there is none. */
export const answerAt = (answers, key) => (Object.hasOwn(answers, key) ? answers[key] : undefined);

/** Whether something is a JSON object. */
export const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

const stateOf = (question, answer) => {
  if (!isObject(answer)) return UNANSWERED;
  if (answer.not_applicable === true) return NOT_APPLICABLE;
  if (typeof answer.could_not_check === "string") return COULD_NOT_CHECK;
  if (!("value" in answer)) return UNANSWERED;
  const { behaviour } = question;
  return behaviour.fault(question, answer.value) || behaviour.isEmpty(answer.value) ? UNANSWERED : ANSWERED;
};
