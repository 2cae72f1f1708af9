"""What the tests of the house look at: the files that are tracked, and what a Python or JavaScript file imports."""

import ast
import posixpath
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
_JS_IMPORT = re.compile(r"""(?:^|[\s;}])(?:import|export)\b[^;"'()]*?["'](\.{1,2}/[^"']+)["']|import\(\s*["'](\.{1,2}/[^"']+)["']""", re.M)


@cache
def tracked() -> tuple[str, ...]:
    """Paths of all files that belong to the project."""
    asked = ["git", "-C", str(ROOT), "ls-files"]
    listed = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    return tuple(sorted(path for path in listed.splitlines() if (ROOT / path).is_file()))


def files(*endings: str, under: tuple[str, ...] = ("",), besides: tuple[str, ...] = ()) -> list[str]:
    """Tracked paths with one of these endings, below one of these folders and none of those."""
    return [path for path in tracked() if path.endswith(endings) and path.startswith(under) and not (besides and path.startswith(besides))]


@cache
def read(path: str) -> str:
    return (ROOT / path).read_text("utf-8")


@cache
def parsed(path: str) -> ast.Module:
    return ast.parse(read(path))


def imports(path: str) -> Iterator[str]:
    """Dotted names of every module that a Python file imports, wherever in it; ``from a import b`` gives ``a.b``."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ("." * node.level + f"{node.module or ''}.{alias.name}" for alias in node.names)


def foreign(path: str) -> set[str]:
    """Top names of third-party packages that a Python file imports."""
    tops = {name.split(".")[0] for name in imports(path)}
    return tops - set(sys.stdlib_module_names) - {"field", "forms", "tests", ""}


def js_imports(path: str) -> list[str]:
    """Tracked-style paths of every module that a JavaScript file imports."""
    names = (first or second for first, second in _JS_IMPORT.findall(read(path)))
    return [posixpath.normpath(posixpath.join(posixpath.dirname(path), name)) for name in names]
