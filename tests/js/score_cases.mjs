// Scores as the vectors write them. Run as a program, it reads cases {document, answers, photos} as a JSON list
// from its input and writes what the browser's room makes of them: the server's room is compared with that.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

import { checkAnswers } from "../../static/js/questionnaire/check.js";
import { load } from "../../static/js/questionnaire/definition.js";
import { visible } from "../../static/js/questionnaire/rules.js";
import { score } from "../../static/js/questionnaire/score.js";

export const exact = (value) => value && String(value);

/** A score as the vectors write it. */
export const told = (result) => ({
  overall: exact(result.overall),
  outcome: result.outcome,
  coverage: exact(result.coverage),
  sections: exactAll(result.sections),
  dimensions: exactAll(result.dimensions),
  failed_critical: result.failedCritical,
  steps: result.steps.map(({ word, overall }) => [word, exact(overall)]),
  shown: result.shown,
  "shown.overall": result.shown.overall,
  lines: Object.fromEntries(result.lines.map(({ key, state, mark, earned }) => [key, [state, mark, exact(earned)]])),
});

const exactAll = (shares) => Object.fromEntries(Object.entries(shares).map(([key, share]) => [key, exact(share)]));

const run = ({ document, answers, photos }) => {
  const definition = load(document);
  return {
    score: told(score(definition, answers)),
    visible: [...visible(definition, answers)].sort(),
    mistakes: checkAnswers(definition, answers, photos).map(({ path, code }) => [path, code]),
  };
};

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(run)));
}
