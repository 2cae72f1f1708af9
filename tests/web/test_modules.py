"""Putting modules together: names, aliases, order, and what stays outside."""

import pytest

from field.web.modules import TOGETHER, together, unasked

ENTRY = "js/entry.js"


def parts(**sources: str) -> dict[str, str]:
    return together({f"js/{name}.js": text for name, text in sources.items()}, (ENTRY,))


def test_a_module_comes_after_what_it_imports_and_takes_its_names_from_there():
    made = parts(entry='import { b } from "./b.js";\nb();', b='import { a as first } from "./a.js";\nexport const b = () => first;', a="export const a = 1;")
    text = made[TOGETHER]
    assert text.index("M['js/a.js'] =") < text.index("M['js/b.js'] =")
    assert "const { a: first } = M['js/a.js'];" in text
    assert made[ENTRY].splitlines()[1] == "const { b } = M['js/b.js'];"


def test_under_its_own_name_a_module_hands_on_the_same_exports():
    made = parts(entry='import all, { x as y } from "./a.js";', a="const one = 1;export default function(){};export{one as x};")
    assert made["js/a.js"].splitlines()[1:] == ["export const { x } = M['js/a.js'];", "export default M['js/a.js'].default;"]
    assert "return { x: one, default: _default };" in made[TOGETHER]
    assert "const { default: all, x: y } = M['js/a.js'];" in made[ENTRY]


def test_names_handed_on_and_whole_modules_are_known():
    made = parts(entry='import * as a from "./a.js";', a='export { deep } from "./b.js";', b="export function deep() {}")
    assert "const a = M['js/a.js'];" in made[ENTRY]
    assert "return { deep: M['js/b.js'].deep };" in made[TOGETHER]


def test_what_is_loaded_later_stays_a_module_of_its_own():
    made = parts(entry='import { a } from "./a.js";', a='export const a = () => [import("./later.js"), import("./b.js")];\nimport { b } from "./b.js";',
                 b="export const b = 2;", later="export const later = 3;")
    assert 'import("/static/js/later.js")' in made[TOGETHER]
    assert "Promise.resolve(M['js/b.js'])" in made[TOGETHER]
    assert "js/later.js" not in made


def test_modules_that_import_each_other_are_named():
    with pytest.raises(ValueError, match="js/a.js > js/b.js > js/a.js"):
        parts(entry='import { a } from "./a.js";', a='import { b } from "./b.js";\nexport const a = 1;', b='import { a } from "./a.js";\nexport const b = 1;')


def test_the_desk_takes_plain_copies_of_what_it_shares_and_nothing_else():
    words, text = 'import { b } from "./b.js";\nexport const a = b;', 'import { a } from "./a.js";\nimport { d } from "./desk/d.js";'
    made = together({"js/entry.js": 'import { a } from "./a.js";', "js/a.js": words, "js/b.js": "export const b = 2;",
                     "js/desk.js": text, "js/desk/d.js": "export const d = 4;"}, (ENTRY,))
    assert made["js/desk.js"] == 'import { a } from "/static/plain/js/a.js";\nimport { d } from "./desk/d.js";'
    assert (made["plain/js/a.js"], made["plain/js/b.js"]) == (words, "export const b = 2;")
    assert "plain/js/desk/d.js" not in made


def test_nobody_asks_for_what_only_the_one_file_imports():
    sources = {"js/entry.js": 'import { a } from "./a.js";', "js/a.js": 'import { b } from "./b.js";\nimport { c } from "./c.js";\nimport("./later.js");',
               "js/b.js": "export const b = 2;", "js/c.js": "export const c = 3;", "js/later.js": 'import { b } from "./b.js";'}
    assert unasked(sources, ("js/entry.js",)) == {"js/a.js", "js/c.js"}
