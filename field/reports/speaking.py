"""The language of a report: that of its words, and that of the questionnaire's texts in it."""

from field.locale import DEFAULT, Translator, best_language, translator


def speaking(code: str) -> tuple[Translator, str]:
    """Who says our words in a language, and the language in which texts are picked.

    ``zh-TW`` is our ``zh-Hant``. A site may have texts in a language that we do not speak: ours around them are English.
    """
    known = best_language([code])
    ours = known != DEFAULT or code.split("-")[0] == DEFAULT
    return translator(known), known if ours else code
