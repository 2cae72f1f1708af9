"""How the house is written: sizes, banned words, annotations, texts through gettext. house.md §3, checked."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest

from tests.house import files, parsed, read

LONGEST_FILE, LONGEST_FUNCTION = 300, 40
_NOT_OURS = ("static/vendor/", "field/db/migrations/versions/", "field/locale/")
_TEMPLATES = files(".html", ".js", ".webmanifest", under=("templates/",))
_OUR_JS = files(".js", under=("static/js/",))

_JS_BEGINS = re.compile(
    r"^(\s*)(?:export )?(?:default )?(?:async )?(?:function\b|(?:static |get |set )*#?\w+\(.*\) \{$|.*(?:=>|=> \() ?[{(`]?.*[{(`]$)")
_JS_NO_FUNCTION = re.compile(r"^\s*(?:if|for|while|switch|catch|return html|\} else)\b")

#: Words that stand as they are in every language.
_NAMES = {"Fieldscore", "JSON", "CSV", "PDF"}


@pytest.mark.parametrize("ending", [".py", ".js", ".mjs", ".css", ".html"])
def test_files_stay_within_their_wall(ending):
    sizes = {path: read(path).count("\n") for path in files(ending, besides=_NOT_OURS)}
    assert {path: size for path, size in sizes.items() if size > LONGEST_FILE} == {}


def test_python_functions_stay_within_their_wall():
    assert [(path, name, size) for path in files(".py", besides=_NOT_OURS) for name, size in _functions(path) if size > LONGEST_FUNCTION] == []


def _functions(path: str) -> Iterator[tuple[str, int]]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, node.end_lineno - node.lineno + 1


def test_javascript_functions_stay_within_their_wall():
    assert [(path, line, size) for path in _OUR_JS for line, size in _js_functions(read(path)) if size > LONGEST_FUNCTION] == []


def _js_functions(text: str) -> Iterator[tuple[int, int]]:
    """First line and length of each function, by its indentation: it ends at the next line that is no deeper."""
    lines = text.splitlines()
    for number, line in enumerate(lines):
        begins = _JS_BEGINS.match(line)
        if begins and not _JS_NO_FUNCTION.match(line):
            depth = len(begins.group(1))
            ends = (n for n in range(number + 1, len(lines)) if lines[n].strip() and len(lines[n]) - len(lines[n].lstrip()) <= depth)
            yield number + 1, next(ends, len(lines)) - number + 1


def test_the_counter_of_javascript_sees_a_long_function():
    long = "export function long(a) {\n" + "  a += 1;\n" * 50 + "}\nconst arrow = (x) => {\n" + "  x();\n" * 60 + "};\n"
    assert list(_js_functions(long)) == [(1, 52), (53, 62)]


@pytest.mark.parametrize("words, why", [
    (r"\|\s*safe\b", "autoescape never off"), (r"\bMarkup\(", "autoescape never off"), (r"autoescape false", "autoescape never off"),
    (r"\.(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write\(|dangerouslySetInnerHTML", "text by textContent"),
    (r"\btext\(f[\"']", "SQL is built, never pasted"), (r"\beval\(|new Function\(", "no code from text"),
    (r"""\bstyle=["'$]|\bstyle=\{""", "no inline style"), (r"""<[^>]*\son[a-z]+=["']""", "no inline script"),
    (r"""["'`(]/(?:home|root|tmp|work|Users)/""", "no path of a machine"),
])
def test_banned_words_stand_nowhere(words, why):
    banned = re.compile(words)
    rooms = ("field/", "forms/", "static/", "templates/", "app.py")
    looked_at = files(".py", ".js", ".html", ".css", ".webmanifest", ".md", under=rooms, besides=_NOT_OURS)
    assert [(path, found.group()) for path in looked_at for found in banned.finditer(read(path))] == [], why


def test_no_tracked_file_names_a_path_of_a_machine():
    place = re.compile(r"/(?:work/(?:main|shared)|tmp/(?:venv|brief)|home/\w+|Users/\w+)\b")
    endings = (".py", ".js", ".mjs", ".html", ".css", ".md", ".json", ".toml", ".txt", "Makefile", ".ci/run")
    text = files(*endings, besides=("static/vendor/", "tests/test_house"))
    assert [(path, found.group()) for path in text for found in place.finditer(read(path))] == []


def test_stylesheets_have_important_only_in_print():
    assert [path for path in files(".css") if "!important" in read(path) and not path.endswith(("print.css", "reset.css"))] == []


def test_public_functions_are_annotated():
    ours = files(".py", under=("field/", "forms/"), besides=_NOT_OURS)
    assert [(path, node.name) for path in ours for node in _public(parsed(path)) if not _annotated(node)] == []


def _public(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """Public functions of a module and public methods of its public classes."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from (each for each in node.body if isinstance(each, ast.FunctionDef) and not each.name.startswith("_"))
        elif isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def _annotated(node: ast.FunctionDef) -> bool:
    given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return node.returns is not None and all(each.annotation or each.arg in ("self", "cls") for each in given)


class _Texts(HTMLParser):
    """Collects what a person would read in a template that has lost its Jinja parts."""

    _READ = {"alt", "title", "placeholder", "aria-label", "content"}

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("script", "style")
        names = dict(attrs)
        if tag != "meta" or names.get("name") == "description":
            self.found += [value for name, value in attrs if name in self._READ and value]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append(data)


def bare_texts(template: str) -> list[str]:
    """Words of a template that did not go through gettext."""
    parts = re.sub(r"\{% block \w+_class %\}.*?\{% endblock %\}| aria-sort=\"\w+\"", "", template)
    parts = re.sub(r"\{#.*?#\}|\{%-?\s*trans\b.*?endtrans\s*-?%\}|\{%.*?%\}|\{\{.*?\}\}", "", parts, flags=re.S)
    reader = _Texts()
    reader.feed(parts)
    reader.close()
    return [text.strip() for text in reader.found if re.search(r"[^\W\d_]{2,}", text) and text.strip(" \n·.,") not in _NAMES]


@pytest.mark.parametrize("path", files(".html", under=("templates/",)))
def test_every_text_of_a_template_goes_through_gettext(path):
    assert bare_texts(read(path)) == []


def test_a_bare_text_is_seen():
    assert bare_texts('<p class="quiet">{{ _("Fine") }} not fine</p><img alt="seen" src="x">') == ["not fine", "seen"]


@pytest.mark.parametrize("path", [path for path in _OUR_JS if "/ui/" in path])
def test_every_text_of_a_screen_goes_through_gettext(path):
    assert js_bare_texts(read(path)) == []


def js_bare_texts(code: str) -> list[str]:
    """Words between the tags of html`…` templates, and in attributes that are read, outside ${…}."""
    bare = re.sub(r"/\*.*?\*/|^\s*//[^\n]*", "", code, flags=re.S | re.M)
    words = re.findall(r">([^<>${}`;=()]*[A-Za-z]{2,}[^<>${}`;=()]*)<(?=[/a-z$])", bare)
    words += re.findall(r"""\b(?:alt|title|placeholder|aria-label|label)="([^"$]*[A-Za-z]{2,}[^"$]*)\"""", bare)
    return [word.strip() for word in words if word.strip() not in _NAMES]


def test_a_bare_text_of_a_screen_is_seen():
    assert js_bare_texts('html`<p class="a">Not fine</p><b aria-label="heard">${_("Fine")}</b>`') == ["Not fine", "heard"]


def test_every_python_file_says_what_it_is_for():
    ours = files(".py", under=("field/", "forms/"), besides=(*_NOT_OURS, "field/db/migrations/"))
    assert [path for path in ours if not ast.get_docstring(parsed(path))] == []
