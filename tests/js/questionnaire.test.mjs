// The cases that the server's questionnaire room runs too (tests/questionnaire/test_vectors.py).
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { describe, test } from "node:test";

import { checkAnswers, missing } from "../../static/js/questionnaire/check.js";
import { load } from "../../static/js/questionnaire/definition.js";
import { Fraction, ZERO, display, greater, lesser } from "../../static/js/questionnaire/fraction.js";
import { kinds } from "../../static/js/questionnaire/kinds/index.js";
import { visible } from "../../static/js/questionnaire/rules.js";
import { score } from "../../static/js/questionnaire/score.js";
import { exact, told } from "./score_cases.mjs";

const VECTORS = new URL("../vectors/", import.meta.url);

const readVectors = (name) => JSON.parse(readFileSync(new URL(name, VECTORS), "utf8"));

const changed = (document, changes = {}) => {
  const copy = structuredClone(document);
  for (const [path, value] of Object.entries(changes)) {
    const way = path.split("/").slice(1);
    const last = way.pop();
    way.reduce((holder, step) => holder[step], copy)[last] = value;
  }
  return copy;
};

const SCORES = readVectors("scores.json");
const RULES = readVectors("rules.json");
const ANSWERS = readVectors("answers.json");

describe("a visit is scored", () => {
  for (const each of SCORES.cases) {
    test(each.name, () => {
      const definition = load(changed(SCORES.documents[each.document], each.changes));
      const found = told(score(definition, each.answers, each.given));
      for (const [member, expected] of Object.entries(each.expect)) {
        const seen = member === "lines" ? only(found.lines, Object.keys(expected)) : found[member];
        assert.deepEqual(seen, expected, member);
      }
    });
  }
});

const only = (lines, keys) => Object.fromEntries(keys.map((key) => [key, lines[key]]));

describe("a rule shows or hides", () => {
  for (const each of RULES.cases) {
    test(each.name, () => {
      const definition = load(changed(RULES.document, { [RULES.place]: each.rule }));
      assert.equal(visible(definition, each.answers).has(RULES.target), each.shown);
    });
  }
});

describe("answers are checked", () => {
  for (const each of ANSWERS.cases) {
    test(each.name, () => {
      const definition = load(changed(ANSWERS.document, each.changes));
      const mistakes = checkAnswers(definition, each.answers, each.photos);
      assert.deepEqual(mistakes.map(({ path, code }) => [path, code]), each.expect);
      if (!each.missing) return;
      const list = missing(definition, each.answers, each.photos);
      assert.deepEqual(list.map(({ question, section, code, need }) => [question, section, code, need]), each.missing);
    });
  }

  test("texts beside an answer have at most 4000 characters", () => {
    const definition = load(ANSWERS.document);
    const photos = ["clean", "queue"].map((question) => ({ question, position: 0 }));
    const codes = (answer) => checkAnswers(definition, { clean: answer }, photos).map(({ code }) => code);
    assert.deepEqual(codes({ value: false, comment: "😀".repeat(4000) }), []);
    assert.deepEqual(codes({ value: false, comment: "x".repeat(4001) }), ["comment.length"]);
    assert.deepEqual(codes({ could_not_check: "x".repeat(4001) }), ["reason.length"]);
  });
});

test("a number is shown half up", () => {
  for (const [value, places, text] of readVectors("display.json")) {
    const fraction = value && new Fraction(...value.split("/").map(BigInt));
    assert.equal(display(fraction, places), text);
  }
});

const alone = (question) => {
  const sections = [{ key: "s", title: { en: "s" }, questions: [question] }];
  return load({ ...RULES.document, sections }).questions.get(question.key);
};

describe("a kind knows its values, points and words", () => {
  for (const [name, kind] of kinds) {
    readVectors(`kinds/${name}.json`).forEach((each, index) => {
      test(`${name} ${index + 1}`, () => {
        const question = alone(each.question);
        assert.equal(question.behaviour, kind);
        for (const value of each.good) assert.deepEqual([value, kind.fault(question, value)], [value, null]);
        for (const [value, code] of each.bad) assert.deepEqual([value, kind.fault(question, value)], [value, code]);
        for (const [value, points] of each.earned) {
          const earned = lesser(greater(kind.earned(question, value), ZERO), question.points);
          assert.deepEqual([value, exact(earned)], [value, points]);
        }
        for (const [value, words] of each.shown) assert.equal(kind.show(question, value, "en"), words);
      });
    });
  }

  test("every kind has its vectors", () => {
    const files = readdirSync(new URL("kinds/", VECTORS)).map((file) => file.replace(".json", ""));
    assert.deepEqual(files.sort(), [...kinds.keys()].sort());
  });
});
