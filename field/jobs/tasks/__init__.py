"""The registry: each kind of job and the task that does it, called as ``task(work, **args)``."""

from field.jobs.tasks.derivatives import derive_photo
from field.jobs.tasks.sweep import sweep_store
from field.jobs.work import Task

TASKS: dict[str, Task] = {
    "derivatives": derive_photo,
    "sweep": sweep_store,
}
