import { ONE, ZERO, decimal } from "./fraction.js";
import { kinds } from "./kinds/index.js";
import { LONGEST } from "./texts.js";

const DIMENSIONS = ["tangibles", "reliability", "responsiveness", "assurance", "empathy"];

/**
 * A published questionnaire with every default resolved: sections in order, `questions` a Map by key.
 * `required` is null where `requiredIf` or the number of photos decides.
 * @param {object} document
 */
export const load = (document) => {
  const sections = document.sections.map((section) => loadSection(section, document.languages));
  const questions = new Map(sections.flatMap((section) => section.questions).map((each) => [each.key, each]));
  const used = new Set([...questions.values()].map((question) => question.dimension));
  return Object.freeze({
    slug: document.slug,
    version: document.version,
    languages: document.languages,
    title: document.title,
    summary: document.summary ?? null,
    purpose: document.purpose,
    minutes: document.minutes ?? null,
    stages: document.stages ?? [],
    scoring: loadScoring(document.scoring),
    dimensions: DIMENSIONS.filter((dimension) => used.has(dimension)),
    sections,
    questions,
  });
};

const loadScoring = ({ mode, pass_mark, critical = {}, allow_over_100 = false, bands = [], show_to_inspector = false }) => ({
  mode,
  passMark: optional(pass_mark),
  critical: critical.rule ?? "fail",
  cap: optional(critical.cap),
  allowOver100: allow_over_100,
  bands: bands.map((band) => ({ from: decimal(band.from), text: band.text })),
  showToInspector: show_to_inspector,
});

const loadSection = (section, languages) => ({
  key: section.key,
  title: section.title,
  intro: section.intro ?? null,
  weight: optional(section.weight, ONE),
  shownIf: section.shown_if ?? null,
  questions: section.questions.map((question, position) => ({
    ...loadAsking(question),
    ...loadAnswering(question),
    section: section.key,
    position,
    languages,
  })),
});

const loadAsking = (question) => ({
  key: question.key,
  text: question.text,
  standard: question.standard ?? null,
  help: question.help ?? null,
  explanation: question.explanation ?? null,
  referencePhoto: question.reference_photo ?? null,
  dimension: question.dimension ?? null,
  required: question.required ?? null,
  requiredIf: question.required_if ?? null,
  shownIf: question.shown_if ?? null,
  comment: question.comment ?? "optional",
  commentRequiredIf: question.comment_required_if ?? null,
  photos: question.photos ? loadPhotos(question.photos) : null,
  tags: question.tags ?? {},
});

const loadAnswering = (question) => {
  const behaviour = kinds.get(question.kind);
  const points = optional(question.points, ZERO);
  return {
    kind: question.kind,
    behaviour,
    points,
    weight: optional(question.weight, ONE),
    failBelow: optional(question.fail_below, points),
    critical: question.critical ?? false,
    bonus: question.bonus ?? false,
    notApplicable: behaviour.takesAnswer && (question.not_applicable ?? false),
    couldNotCheck: behaviour.takesAnswer && (question.could_not_check ?? true),
    good: question.good ?? true,
    scale: question.scale ?? 5,
    labels: question.labels ?? {},
    options: (question.options ?? []).map((option) => ({ ...option, points: optional(option.points, ZERO) })),
    unit: question.unit ?? null,
    min: question.min ?? null,
    max: question.max ?? null,
    decimals: question.decimals ?? 0,
    bands: (question.bands ?? []).map((band) => ({ upTo: band.up_to ?? null, points: optional(band.points, ZERO) })),
    maxLength: question.max_length ?? LONGEST,
  };
};

const loadPhotos = ({ min = 0, max = 3, min_if = null, live = false, keep_original = false }) => ({
  min,
  max,
  rule: min_if?.rule ?? null,
  ruleMin: min_if?.min ?? 0,
  live,
  keepOriginal: keep_original,
});

const optional = (text, otherwise = null) => (text === undefined ? otherwise : decimal(text));
