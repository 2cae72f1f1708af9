"""Visits: the rows that pages show, computed again from the bytes of the last revision."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Row, select

from field.access import State
from field.models import Answer, PhotoUse, QuestionnaireVersion, Revision, Visit
from field.operations.visits import score_values
from field.questionnaire import Score, score
from field.sync.verifying.sent import moment, said
from field.sync.verifying.versions import Definitions
from field.sync.verifying.walk import Finding, Walk

_I, _V, _Q, _A, _U = (table.__table__ for table in (Visit, Revision, QuestionnaireVersion, Answer, PhotoUse))
_ANSWER = (_A.c.question, _A.c.value, _A.c.reason, _A.c.comment, _A.c.state, _A.c.mark, _A.c.earned, _A.c.maximum, _A.c.weight)
_USE = (_U.c.question, _U.c.position, _U.c.sha256, _U.c.source, _U.c.caption, _U.c.taken_at, _U.c.lat, _U.c.lon, _U.c.accuracy_m)
_PAGE = 20


def check_visits(walk: Walk) -> Iterator[Finding]:
    """Every received visit shows what its last revision says. One that moves meanwhile is looked at again."""
    definitions = Definitions(walk)
    for rows in walk.pages(select(_I.c.id).where(_I.c.revision > 0), (_I.c.id,), _PAGE):
        for row in rows:
            walk.counts["visits"] += 1
            if _faults(walk, row.id, definitions):
                yield from (Finding("visit", row.id, fault) for fault in _faults(walk, row.id, definitions))


def _faults(walk: Walk, visit_id: str, definitions: Definitions) -> list[str]:
    held = (_V.c.visit_id == _I.c.id) & (_V.c.number == _I.c.revision)
    query = select(_I, _V.c.body, _V.c.sha256, _Q.c.sha256.label("version_sha256"), _V.c.receipt_id.label("issued")) \
        .outerjoin(_V, held).outerjoin(_Q, _Q.c.id == _I.c.version_id).where(_I.c.id == visit_id)
    with walk.read() as session:
        row = session.execute(query).one()
        answers = session.execute(select(*_ANSWER).where(_A.c.visit_id == visit_id)).all()
        uses = session.execute(select(*_USE).where(_U.c.visit_id == visit_id)).all()
    if row.body is None:
        return ["its last revision is missing"]
    body, definition = said(row.body, row.sha256), definitions.get(row.version_sha256)
    if body is None or definition is None or body["questionnaire"]["sha256"] != row.version_sha256:
        return ["its score cannot be computed again: revision or questionnaire differ"]
    return list(_differences(row, answers, uses, body, score(definition, body["answers"])))


def _differences(row: Row, answers: list[Row], uses: list[Row], body: Mapping[str, Any], result: Score) -> Iterator[str]:
    columns = {"started_at": moment(body["started"]["at"]), "finished_at": moment(body["finished"]["at"]), "receipt_id": row.issued,
               "slug": body["questionnaire"]["slug"]}
    if row.state != State.REVISED:
        columns |= score_values(result)
        if _sorted(answers) != _sorted(_answers(body["answers"], result)):
            yield "its answers are not those of its revision"
    yield from (f"its {name} is not what its revision gives" for name, value in columns.items() if row._mapping[name] != value)
    if _sorted(uses) != _sorted(_uses(body)):
        yield "its photos do not stand where its revision says"


def _answers(sent: Mapping[str, Any], result: Score) -> Iterator[tuple]:
    for line in result.lines:
        answer = sent.get(line.key, {})
        points = (None if value is None else str(value) for value in (line.earned, line.maximum, line.weight))
        yield line.key, answer.get("value"), answer.get("could_not_check"), answer.get("comment"), line.state, line.mark, *points


def _uses(body: Mapping[str, Any]) -> Iterator[tuple]:
    for photo in body["photos"]:
        place = photo.get("location") or {}
        yield (photo["question"], photo["position"], photo["sha256"], photo["source"], photo.get("caption"), moment(photo.get("taken_at")),
               place.get("lat"), place.get("lon"), place.get("accuracy_m"))


def _sorted(rows: Any) -> list[str]:
    """Rows in a form in which 1, 1.0 and true differ where they should: numbers of places alone are floats."""
    return sorted(json.dumps([float(each) if at >= 6 and isinstance(each, int) else each for at, each in enumerate(row)], default=str)
                  for row in rows)
