"""The modules that the app's first screens need, put together at start into one file.

Browsers fetch six files at a time over HTTP/1.1, so seventy small modules cost a phone seconds. The sources stay plain
modules and run as they are: this is done when the server starts, as with the style sheets. Each module becomes a
function whose result is its exports, in an order in which everything is there when it is needed. Under a module's own
name stand its exports from that one file, so that a screen loaded later shares what is already there.
"""

import posixpath
import re
from collections.abc import Mapping

ENTRY = "js/inspector.js"
#: What the app imports as soon as it knows its person.
SOON = "js/sync/sending.js"
TOGETHER = "js/together.js"
#: Desk pages share a few modules with the app and want only these.
DESK = "js/desk"

_START = r"(?:^|(?<=[;}]))"
_IMPORT = re.compile(r"""^import\s*(?P<what>[^"';]*?)\s*from\s*["'](?P<path>\.{1,2}/[^"']+)["'];?""", re.MULTILINE)
_DECLARED = re.compile(r"^export\s+((?:async\s+)?function\*?|class|const)\s+([\w$]+|\{[^}]*\})", re.MULTILINE)
_LISTED = re.compile(_START + r"""export\s*\{(?P<names>[^}]*)\}\s*(?:from\s*["'](?P<path>[^"']+)["'])?\s*;?""", re.MULTILINE)
_DEFAULT = re.compile(_START + r"export\s+default\s+", re.MULTILINE)
_LATER = re.compile(r"""import\(\s*["'](?P<path>\.[^"']+)["']\s*\)""")


def together(sources: Mapping[str, str], roots: tuple[str, ...] = (ENTRY, SOON)) -> dict[str, str]:
    """What replaces the sources: the one file, its modules as stubs, the entry that starts from it, and the desk's own copies.

    A cycle of imports is a ValueError, an import of what is not there a KeyError: both are seen at the first start.
    """
    order = _inside(sources, roots)
    parts, stubs = ["export const M = {};"], {}
    for path in order:
        body, exports = _module(sources[path], path, order)
        parts.append(f"M[{path!r}] = (() => {{\n{body}\nreturn {{ {_members(exports)} }};\n}})();")
        stubs[path] = _stub(path, exports)
    entry, _ = _module(sources[roots[0]], roots[0], order)
    return {**stubs, TOGETHER: "\n".join(parts), roots[0]: f'{_FROM_TOGETHER}\n{entry}', **_apart(sources, order)}


def unasked(sources: Mapping[str, str], roots: tuple[str, ...] = (ENTRY, SOON)) -> set[str]:
    """What stands in the one file and is imported by no module outside it: nobody fetches it under its own name."""
    inside = _inside(sources, roots)
    outside = {path: source for path, source in sources.items() if path not in inside and path not in roots and not path.startswith(DESK)}
    return set(inside) - {_beside(path, name) for path, source in outside.items() for name in _imported(source, (_IMPORT, _LISTED, _LATER))}


def _inside(sources: Mapping[str, str], roots: tuple[str, ...]) -> list[str]:
    """The modules of the one file, each after all that it imports."""
    order: list[str] = []
    for root in roots:
        _collect(sources, root, order, ())
    order.remove(roots[0])
    return order


_FROM_TOGETHER = f'import {{ M }} from "/static/{TOGETHER}";'


def _collect(sources: Mapping[str, str], path: str, order: list[str], above: tuple[str, ...]) -> None:
    """Appends the module after all that it imports."""
    if path in above:
        raise ValueError(f"modules import each other: {' > '.join((*above, path))}")
    if path in order:
        return
    for name in _imported(sources[path], (_IMPORT, _LISTED)):
        _collect(sources, _beside(path, name), order, (*above, path))
    order.append(path)


def _imported(source: str, patterns: tuple[re.Pattern[str], ...]) -> list[str]:
    return [match["path"] for pattern in patterns for match in pattern.finditer(source) if match["path"]]


def _module(source: str, path: str, inside: list[str]) -> tuple[str, dict[str, str]]:
    """The module's body without its imports and exports, and what it exports: name outside -> name inside."""
    exports: dict[str, str] = {}
    body = _IMPORT.sub(lambda found: _bind(found["what"], _beside(path, found["path"])), source)
    body = _LISTED.sub(lambda found: _list(found, path, exports), body)
    body = _DECLARED.sub(lambda found: _declare(found, exports), body)
    if _DEFAULT.search(body):
        body = _DEFAULT.sub("const _default = ", body)
        exports["default"] = "_default"
    body = _LATER.sub(lambda found: _later(_beside(path, found[1]), inside), body)
    return body.replace("import.meta.url", f'(location.origin + "/static/{path}")'), exports


def _bind(what: str, path: str) -> str:
    """The names of an import, taken from the module's exports."""
    if what.startswith("*"):
        return f"const {what.split()[-1]} = M[{path!r}];"
    name, _, listed = what.partition("{")
    members = [f"default: {name.strip(' ,')}"] if name.strip(" ,") else []
    members += [": ".join(pair) if pair[0] != pair[1] else pair[0] for pair in _pairs(listed.rstrip("} "))]
    return f"const {{ {', '.join(members)} }} = M[{path!r}];"


def _pairs(names: str) -> list[tuple[str, str]]:
    """``a, b as c`` as pairs (a, a), (b, c)."""
    split = (re.split(r"\s+as\s+", name.strip()) for name in names.split(",") if name.strip())
    return [(pair[0], pair[-1]) for pair in split]


def _declare(found: re.Match[str], exports: dict[str, str]) -> str:
    for inside, _ in _pairs(found[2].strip("{} ")):
        exports[inside] = inside
    return f"{found[1]} {found[2]}"


def _list(found: re.Match[str], path: str, exports: dict[str, str]) -> str:
    pairs = _pairs(found["names"])
    source = f"M[{_beside(path, found['path'])!r}]." if found["path"] else ""
    exports.update({outside: f"{source}{inside}" for inside, outside in pairs})
    return ""


def _later(path: str, inside: list[str]) -> str:
    return f"Promise.resolve(M[{path!r}])" if path in inside else f'import("/static/{path}")'


def _members(exports: Mapping[str, str]) -> str:
    return ", ".join(outside if outside == inside else f"{outside}: {inside}" for outside, inside in exports.items())


def _stub(path: str, exports: Mapping[str, str]) -> str:
    named = ", ".join(name for name in exports if name != "default")
    lines = [_FROM_TOGETHER, f"export const {{ {named} }} = M[{path!r}];"]
    return "\n".join([*lines, f"export default M[{path!r}].default;"] if "default" in exports else lines)


def _apart(sources: Mapping[str, str], inside: list[str]) -> dict[str, str]:
    """The desk's modules with plain copies of what the app has put together: a stub would fetch the whole app."""
    made, copied = {}, []
    for path in (path for path in sources if path.startswith(DESK)):
        shared = {found["path"]: _beside(path, found["path"]) for found in _IMPORT.finditer(sources[path])}
        text = sources[path]
        for name, wanted in shared.items():
            if wanted in inside:
                _collect(sources, wanted, copied, ())
                text = text.replace(f'"{name}"', f'"/static/plain/{wanted}"')
        made[path] = text
    return {**made, **{f"plain/{path}": sources[path] for path in copied}}


def _beside(path: str, name: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
