"""The judge: the standard's own schema made strict, with the fields of three extensions that we use.

Strict: a field the schema does not know is an error, and so is a code outside a closed list.
"""

import json
import os
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator, FormatChecker

BESIDE = Path(__file__).parents[5] / "shared" / "standards"
STANDARD = Path(os.environ.get("DUIJIE_STANDARDS", BESIDE)) / "ocds-1.1.5-schema.zip"
INSIDE = "standard-1__1__5/schema"
TEXT = {"type": ["string", "null"]}
LIST_OF_TEXT = {"type": ["array", "null"], "items": {"type": "string"}}
DATE = {"type": ["string", "null"], "format": "date-time"}


FORMATS = FormatChecker(())


@FORMATS.checks("date-time", raises=ValueError)
def _is_instant(value: object) -> bool:
    """RFC 3339: with an offset. What jsonschema uses for it is another package, and says nothing without."""
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/definitions/{name}"}


def _list_of(name: str) -> dict[str, Any]:
    return {"type": "array", "items": _ref(name), "uniqueItems": True}


def _thing(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}, **properties}}


EXTENSIONS: dict[str, dict[str, Any]] = {
    "ocds_lots_extension": {
        "definitions": {
            "Tender": {"properties": {"lots": _list_of("Lot")}},
            "Lot": _thing(title=TEXT, description=TEXT, status=TEXT, value=_ref("Value")),
            "Item": {"properties": {"relatedLot": TEXT}},
            "Award": {"properties": {"relatedLots": LIST_OF_TEXT}},
        }
    },
    "ocds_bid_extension": {
        "properties": {"bids": _ref("Bids")},
        "definitions": {
            "Bids": {
                "type": "object",
                "properties": {"statistics": _list_of("BidsStatistic"), "details": _list_of("Bid")},
            },
            "BidsStatistic": _thing(
                measure={"type": "string"}, date=DATE, value={"type": "number"}, relatedLot=TEXT
            ),
            "Bid": _thing(
                date=DATE,
                status={"enum": ["invited", "pending", "valid", "disqualified", "withdrawn", None]},
                tenderers=_list_of("OrganizationReference"),
                value=_ref("Value"),
                relatedLots=LIST_OF_TEXT,
            ),
            "Award": {"properties": {"relatedBid": TEXT}},
        },
    },
    "ocds_enquiry_extension": {
        "definitions": {
            "Tender": {"properties": {"enquiries": _list_of("Enquiry")}},
            "Enquiry": _thing(date=DATE, description=TEXT, answer=TEXT, dateAnswered=DATE),
        }
    },
}
"""The fields we use of each, at v1.1.5."""


@cache
def standard(name: str) -> dict[str, Any]:
    """A schema of the standard; without it the test is skipped, and says so."""
    if not STANDARD.is_file():
        pytest.skip(f"NOT JUDGED: the standard's schema is not at {STANDARD}")
    with zipfile.ZipFile(STANDARD) as archive:
        found: dict[str, Any] = json.loads(archive.read(f"{INSIDE}/{name}.json"))
    return found


def merged(schema: dict[str, Any], patch: dict[str, Any]) -> dict[str, Any]:
    """A schema with a patch laid over it (RFC 7396)."""
    made = dict(schema)
    for name, value in patch.items():
        under = made.get(name)
        made[name] = merged(under, value) if isinstance(under, dict) and isinstance(value, dict) else value
    return made


def strict(schema: Any) -> Any:
    """The same, knowing no field but those it names."""
    if isinstance(schema, list):
        return [strict(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: strict(value) for name, value in schema.items()}
    if isinstance(made.get("properties"), dict) and "type" in made and made["type"] != "string":
        made["additionalProperties"] = False
    return made


@cache
def release_validator() -> Draft4Validator:
    """The validator of one release."""
    schema = deepcopy(standard("release-schema"))
    for patch in EXTENSIONS.values():
        schema = merged(schema, patch)
    return Draft4Validator(strict(schema), format_checker=FORMATS)


def errors(release: dict[str, Any]) -> list[str]:
    """What is wrong with a release, with its place."""
    found = release_validator().iter_errors(release)
    return [f"{'/'.join(map(str, each.absolute_path))}: {each.message[:200]}" for each in found]


def empties(value: Any, place: str = "") -> Iterator[str]:
    """Places where something is there and says nothing."""
    if value is None or (isinstance(value, str) and not value.strip()) or value in ([], {}):
        yield place
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from empties(each, f"{place}/{name}")
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from empties(each, f"{place}/{number}")
