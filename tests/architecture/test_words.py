"""No code reaches a person without its words, in both languages."""

import inspect
import re
from enum import StrEnum
from importlib import import_module
from io import BytesIO
from pathlib import Path
from pkgutil import walk_packages

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import models
from models.access.permissions import Permission
from web.i18n import FOLDER, english
from web.labels import ACTIONS, LABELS, MESSAGES, SENTENCES

ROOT = Path(__file__).parents[2]
METHODS = [("**/templates/**.html", "jinja2"), ("**.py", "python")]
KEYWORDS = {"_": None, "_l": None, "gettext": None, "ngettext": (1, 2), "_n": (1, 2)}
NOT_SHOWN = {"Permission", "Taxonomy"}
CHINESE = re.compile(r"[一-鿿]")
PLACE = re.compile(r"%\((\w+)\)")


def models_source() -> str:
    return "\n".join(
        path.read_text() for path in (ROOT / "models").rglob("*.py") if "migrations" not in path.parts
    )


def enums() -> list[type[StrEnum]]:
    found: set[type[StrEnum]] = set()
    for module in walk_packages(models.__path__, "models."):
        if ".migrations" in module.name:
            continue
        for _name, kind in inspect.getmembers(import_module(module.name), inspect.isclass):
            if issubclass(kind, StrEnum) and kind is not StrEnum and kind.__module__.startswith("models."):
                found.add(kind)
    shown = (kind for kind in found if kind.__name__ not in NOT_SHOWN and not kind.__name__.endswith("Move"))
    return sorted(shown, key=lambda kind: kind.__name__)


@pytest.mark.parametrize("kind", enums(), ids=lambda kind: kind.__name__)
def test_every_member_of_every_enum_has_a_word(kind: type[StrEnum]) -> None:
    assert set(LABELS.get(kind, {})) == set(kind)


def test_permissions_are_never_shown() -> None:
    assert Permission not in LABELS


def test_every_refusal_has_its_sentence() -> None:
    codes = set(re.findall(r"\b(?:Invalid|NotAllowed|NotFound|Conflict)\(\s*\"(\w+)\"", models_source()))
    assert codes
    assert codes <= set(SENTENCES)


def test_every_message_has_its_sentence() -> None:
    kinds = set(re.findall(r"outbox\.add\(\s*session,\s*act,\s*\"(\w+)\"", models_source()))
    assert kinds <= set(MESSAGES)


def test_every_audited_action_has_its_words() -> None:
    actions = set(re.findall(r"\brecord\(\s*session,\s*\w+,\s*\"([\w.]+)\"", models_source()))
    assert actions
    assert actions <= set(ACTIONS)


def extracted() -> Catalog:
    catalog = Catalog()
    options = {
        "**/templates/**.html": {"extensions": "jinja2.ext.do", "silent": "false", "encoding": "utf-8"}
    }
    found = extract_from_dir(ROOT / "web", METHODS, options, KEYWORDS)
    for _file, _line, message, _comments, _context in found:
        catalog.add(message)
    return catalog


def test_every_chinese_message_has_its_english() -> None:
    known = english()
    messages = [message.id for message in extracted() if message.id]
    assert messages
    missing = [each for each in messages if each not in known or not known[each].string]
    assert not missing, f"{len(missing)} without English: {missing[:20]}"


def test_both_languages_name_the_same_places() -> None:
    wrong = []
    for message in english():
        singular = message.id[0] if isinstance(message.id, tuple) else message.id
        strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
        for string in strings:
            if set(PLACE.findall(string)) - set(PLACE.findall(singular)):
                wrong.append(singular)
    assert wrong == []


def test_english_is_english() -> None:
    left = [str(m.string) for m in english() if m.id and CHINESE.search(str(m.string).replace("对接", ""))]
    assert left == []


def test_one_chinese_message_has_one_english() -> None:
    """Two files may translate the same words, but only alike: the last one read would win in silence."""
    seen: dict[object, tuple[object, str]] = {}
    torn = []
    for path in sorted((FOLDER / "en").glob("*.po")):
        for message in read_po(BytesIO(path.read_bytes()), locale="en"):
            if not message.id:
                continue
            before = seen.setdefault(message.id, (message.string, path.name))
            if before[0] != message.string:
                torn.append((message.id, before, (message.string, path.name)))
    assert torn == []
