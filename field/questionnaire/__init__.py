"""Questionnaires: checked, loaded, answered and scored. Pure: the same in gives the same out.

The contract stands in README.md.
"""

from field.questionnaire.answers import check_answers
from field.questionnaire.check import check
from field.questionnaire.decimals import display
from field.questionnaire.definition import DIMENSIONS, Definition, Question, Section
from field.questionnaire.kinds import KINDS
from field.questionnaire.load import load
from field.questionnaire.rules import read, visible
from field.questionnaire.score import score
from field.questionnaire.show import show_answer
from field.questionnaire.trace import Line, Move, Score

__all__ = [
    "DIMENSIONS",
    "KINDS",
    "Definition",
    "Line",
    "Move",
    "Question",
    "Score",
    "Section",
    "check",
    "check_answers",
    "display",
    "load",
    "read",
    "score",
    "show_answer",
    "visible",
]
