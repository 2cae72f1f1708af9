"""Figures for the people who run the server, in Prometheus' text format: counts and ages, never a name."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, func, select, text
from sqlalchemy.orm import Session

from field.access import State
from field.models import Chain, Job, Photo, Visit

_PHOTO_STATES = ("stored", "readable", "unreadable")


@dataclass(frozen=True)
class Metric:
    """One metric with its samples: labels as Prometheus writes them, and the value."""

    name: str
    kind: str
    help: str
    samples: Sequence[tuple[Mapping[str, str], float]]


def gather_metrics(session: Session, now: datetime) -> tuple[Metric, ...]:
    """The figures of this moment."""
    chain = session.get(Chain, 1)
    oldest = session.scalar(select(func.min(Job.run_at)).where(Job.failed_at.is_(None)))
    waiting = session.scalar(select(func.count()).select_from(Job).where(Job.failed_at.is_(None)))
    failed = session.scalar(select(func.count()).select_from(Job).where(Job.failed_at.is_not(None)))
    late = max(0.0, (now - oldest).total_seconds()) if oldest else 0.0
    return (
        Metric("fieldscore_visits", "gauge", "Visits by state.", _by_state(session, Visit.state, [str(state) for state in State])),
        Metric("fieldscore_photos", "gauge", "Photos by state; unreadable ones are quarantined.", _by_state(session, Photo.state, _PHOTO_STATES)),
        Metric("fieldscore_jobs", "gauge", "Jobs that wait and jobs that were given up.",
               [({"state": "waiting"}, waiting), ({"state": "failed"}, failed)]),
        Metric("fieldscore_oldest_job_seconds", "gauge", "How long the job that is due longest has been due.", [({}, late)]),
        Metric("fieldscore_receipts_total", "counter", "Receipts issued.", [({}, chain.receipts if chain else 0)]),
        Metric("fieldscore_audit_entries_total", "counter", "Audit entries written.", [({}, chain.entries if chain else 0)]),
        Metric("fieldscore_database", "gauge", "The database's kind, version and journal mode.", [(_database(session), 1)]),
    )


def as_text(metrics: Sequence[Metric]) -> str:
    """The metrics as text, version 0.0.4."""
    lines = []
    for metric in metrics:
        lines += [f"# HELP {metric.name} {metric.help}", f"# TYPE {metric.name} {metric.kind}"]
        lines += [f"{metric.name}{_labels(labels)} {value:g}" if value != int(value) else f"{metric.name}{_labels(labels)} {int(value)}"
                  for labels, value in metric.samples]
    return "\n".join(lines) + "\n"


def _by_state(session: Session, state: Column[str], states: Sequence[str]) -> list[tuple[dict[str, str], int]]:
    """Every state, also those that nothing is in."""
    counts = dict(session.execute(select(state, func.count()).group_by(state)).all())
    return [({"state": name}, counts.get(name, 0)) for name in states]


def _database(session: Session) -> dict[str, str]:
    kind = session.get_bind().dialect.name
    if kind == "sqlite":
        mode = session.execute(text("PRAGMA journal_mode")).scalar_one()
        return {"kind": kind, "version": sqlite3.sqlite_version, "mode": mode}
    return {"kind": kind, "version": session.execute(text("SHOW server_version")).scalar_one(), "mode": "wal"}


def _labels(labels: Mapping[str, str]) -> str:
    if not labels:
        return ""
    escaped = ((name, value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")) for name, value in labels.items())
    return "{" + ",".join(f'{name}="{value}"' for name, value in escaped) + "}"
