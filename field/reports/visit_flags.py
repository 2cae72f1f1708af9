"""Flags in words: the fact, then the innocent reason. They are facts of transport, decided when a visit is received."""

from collections.abc import Sequence

from field.locale import N_, Translator
from field.reports.visit_seen import Flag

FLAGS = {
    "assignment.cancelled": (
        N_("The assignment was cancelled"), N_("It was taken back before the visit arrived."),
        N_("Often innocent: the phone was offline.")),
    "person.moved": (
        N_("Outside the inspector's regions"), N_("The inspector no longer goes to this site's region."),
        N_("Often innocent: the region changed after the visit was planned.")),
    "photo.unreadable": (
        N_("A photo cannot be read"), N_("At least one photo arrived damaged."),
        N_("Often innocent: the camera was interrupted while saving.")),
    "questionnaire.retired": (
        N_("An older questionnaire"), N_("This version was taken out of use before the visit arrived."),
        N_("Often innocent: the phone had loaded it before.")),
    "score.differs": (
        N_("The phone showed another score"), N_("The phone and the server came to different scores; the server's counts."),
        N_("A defect of ours, not of the inspector. Tell the administrator.")),
    "visit.unplanned": (
        N_("Not planned"), N_("No assignment asks for this visit to this site with this questionnaire."),
        N_("Often innocent: the inspector happened to pass, or was sent by word of mouth.")),
}


def flags_in_words(codes: Sequence[str], t: Translator) -> tuple[Flag, ...]:
    """The flags of a visit; one that a later version knows is shown by its code."""
    return tuple(Flag(*(t(text) for text in FLAGS.get(code, (code, "", "")))) for code in codes)
