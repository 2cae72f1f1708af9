"""A question's tags in words, for those who read a questionnaire."""

from field.locale import N_, Translator, pick
from field.questionnaire.definition import Definition, Question

_NATURE = {"hard": N_("A measured standard"), "soft": N_("A standard of impression")}
_LEVEL = {"basic": N_("expected by everybody"), "satisfier": N_("the better, the more content"), "delighter": N_("a pleasant surprise")}
_TRAIT = {"mind": N_("trait of mind"), "character": N_("trait of character"), "skill": N_("skill"), "overall": N_("overall trait")}


def tag_words(definition: Definition, question: Question, t: Translator) -> list[str]:
    """What the tags say, in a fixed order; the needs as the questionnaire writes them."""
    tags = question.tags
    said = [t(words[tags[name]]) for name, words in (("nature", _NATURE), ("level", _LEVEL), ("trait", _TRAIT)) if name in tags]
    for stage in definition.stages:
        if stage.key == tags.get("stage"):
            said.append(t("stage: %(name)s", name=pick(stage.title, t.language, definition.languages)))
    return [*said, t("needs: %(names)s", names=", ".join(tags["needs"]))] if tags.get("needs") else said
