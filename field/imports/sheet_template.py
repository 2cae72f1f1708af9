"""The template of a questionnaire's spreadsheet: both sheets with a small example, every column explained in a note."""

import io

from xlsxwriter import Workbook

from field.imports.sheet_columns import OPTIONS, QUESTIONS, SHEETS
from field.locale import Translator

_EXAMPLE = {
    QUESTIONS: (
        {"kind": "section", "key": "cleanliness", "text": "Cleanliness", "weight": 1},
        {"kind": "yes_no", "key": "floors_clean", "text": "Floors are clean.", "standard": "No spill for the whole visit.", "dimension": "tangibles",
         "points": 4, "photos_max": 3, "comment_required_if": "floors_clean is no"},
        {"kind": "section", "key": "service", "text": "Service", "weight": 2},
        {"kind": "rating", "key": "courteous", "text": "Staff are courteous.", "dimension": "assurance", "points": 4, "low_label": "Curt",
         "high_label": "Warm", "not_applicable": "yes"},
        {"kind": "choice", "key": "price_match", "text": "The till price matches the shelf price.", "dimension": "reliability", "points": 4,
         "must_keep": "yes", "fail_below": 2},
        {"kind": "duration", "key": "queue", "text": "From joining the queue to being served.", "dimension": "responsiveness", "points": 10,
         "start_label": "I join: start", "stop_label": "My turn: stop"},
        {"kind": "text", "key": "remarks", "text": "Anything else?", "required": "no"},
    ),
    OPTIONS: (
        {"question": "price_match", "key": "exact", "text": "Exactly", "points": 4},
        {"question": "price_match", "key": "cheaper", "text": "The till was cheaper", "points": 2},
        {"question": "price_match", "key": "dearer", "text": "The till was dearer", "points": 0},
        {"question": "queue", "up_to": 120, "points": 10},
        {"question": "queue", "up_to": 240, "points": 5},
        {"question": "queue", "points": 0},
    ),
}


def template(t: Translator) -> bytes:
    """The workbook's bytes. Texts are written as texts: nothing in it is ever run."""
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True})
        for name, columns in SHEETS.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for place, column in enumerate(columns):
                sheet.write_string(0, place, column.name, bold)
                sheet.write_comment(0, place, t(column.about))
                sheet.set_column(place, place, 44 if column.text and len(column.path) == 1 else 14)
            for number, row in enumerate(_EXAMPLE[name], 1):
                for place, column in enumerate(columns):
                    sheet.write(number, place, row.get(column.name, ""))
    return out.getvalue()
