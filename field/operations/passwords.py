"""What a new password must be: long enough, and none of those that everybody tries first."""

from field.content import common_passwords
from field.errors import Mistake
from field.locale import N_

_SHORTEST, _LONGEST = 8, 1000


def password_mistakes(password: str) -> list[Mistake]:
    """Why nobody may choose this password; nothing where one may."""
    if not _SHORTEST <= len(password) <= _LONGEST:
        return [Mistake("/password", "password.length", N_("A password has at least 8 characters. A sentence is a good one."))]
    if password.strip().lower() in common_passwords():
        return [Mistake("/password", "password.common", N_("This is one of the passwords that are tried first. A sentence is a good one."))]
    return []
