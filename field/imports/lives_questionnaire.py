"""The questionnaire of county records: one number from 0 to 100, which is the score."""

import json

SLUG, QUESTION = "county-inspection", "score"


def document() -> bytes:
    """Version 1, for ever the same bytes. A number scores by bands, so each half point is a band of its own."""
    halves = [f"{n // 2}.5" if n % 2 else str(n // 2) for n in range(201)]
    bands = [{"up_to": value, "points": value} for value in halves[:-1]] + [{"points": "100"}]
    question = {
        "key": QUESTION, "kind": "number", "text": {"en": "Score of the county's inspection"}, "points": "100",
        "min": "0", "max": "100", "decimals": 1, "bands": bands, "could_not_check": False, "comment": "none",
    }
    return json.dumps({
        "schema": 1, "slug": SLUG, "version": 1, "languages": ["en"], "title": {"en": "County inspection"},
        "summary": {"en": "Scores that a county's own inspectors gave, taken from its published records."},
        "purpose": "visit", "scoring": {"mode": "points"},
        "sections": [{"key": "inspection", "title": {"en": "Inspection"}, "questions": [question]}],
    }, ensure_ascii=False, indent=1).encode()
