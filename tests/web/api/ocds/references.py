"""What no schema sees: every reference leads somewhere, ids are unique, dates stand in order."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

BID_AND_AWARD = (("tenderers", "suppliers"), ("relatedLots", "relatedLots"))


def wrong(release: dict[str, Any]) -> list[str]:
    """Everything that is wrong with a release in itself."""
    return [*_parties(release), *_links(release), *_ids(release), *_order(release)]


def walk(value: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """Every object with its place."""
    if isinstance(value, dict):
        yield place, value
        for name, each in value.items():
            yield from walk(each, f"{place}/{name}")
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from walk(each, f"{place}/{number}")


def _parties(release: dict[str, Any]) -> Iterator[str]:
    """Every party that is referred to is there, with the role it is referred to in, and nobody else is."""
    known = {each["id"]: each for each in release["parties"]}
    used: dict[str, set[str]] = {}
    tender = release["tender"]
    bids = release.get("bids", {}).get("details", [])
    contracts = release.get("contracts", [])
    payments = [each for one in contracts for each in one.get("implementation", {}).get("transactions", [])]
    referred = [
        ("buyer", release["buyer"]),
        ("procuringEntity", tender["procuringEntity"]),
        *(("tenderer", each) for bid in bids for each in bid["tenderers"]),
        *(("supplier", each) for award in release.get("awards", []) for each in award["suppliers"]),
        *((role, payment[role]) for payment in payments for role in ("payer", "payee")),
    ]
    for role, reference in referred:
        used.setdefault(reference["id"], set()).add(role)
        party = known.get(reference["id"])
        if party is None or party["name"] != reference["name"]:
            yield f"{role} {reference['id']} is no party"
    for id_, party in known.items():
        if set(party["roles"]) != used.get(id_):
            yield f"{id_} has the roles {party['roles']}, and is referred to as {used.get(id_)}"


def _links(release: dict[str, Any]) -> Iterator[str]:
    lots = {each["id"] for each in release["tender"]["lots"]}
    for place, thing in walk(release):
        for lot in [*thing.get("relatedLots", []), *([thing["relatedLot"]] if "relatedLot" in thing else [])]:
            if lot not in lots:
                yield f"{place}: no lot {lot}"
    awards = {each["id"]: each for each in release.get("awards", [])}
    bids = {each["id"]: each for each in release.get("bids", {}).get("details", [])}
    for contract in release.get("contracts", []):
        if contract["awardID"] not in awards:
            yield f"contract {contract['id']}: no award {contract['awardID']}"
    for award in awards.values():
        bid = bids.get(award["relatedBid"], {})
        if any(bid.get(one) != award[other] for one, other in BID_AND_AWARD):
            yield f"award {award['id']} does not follow from its bid"


def _ids(release: dict[str, Any]) -> Iterator[str]:
    if "#" in release["id"]:
        yield "a release id has a #"
    for place, thing in walk(release):
        for name, many in thing.items():
            if isinstance(many, list) and many and isinstance(many[0], dict):
                twice = [id_ for id_, times in Counter(each.get("id") for each in many).items() if times > 1]
                if twice:
                    yield f"{place}/{name}: {twice} more than once"


def _order(release: dict[str, Any]) -> Iterator[str]:
    """Dates have an offset, periods run forward, and nothing of the release is newer than it."""
    of_release = datetime.fromisoformat(release["date"])
    for place, thing in walk(release):
        period = [thing[name] for name in ("startDate", "endDate") if name in thing]
        if period != sorted(period, key=datetime.fromisoformat):
            yield f"{place} ends before it begins"
        for name, value in thing.items():
            if name.startswith("date") and isinstance(value, str):
                at = datetime.fromisoformat(value)
                if at.utcoffset() is None or at > of_release:
                    yield f"{place}/{name}: {value} is newer than the release"
    published, closes = (release["tender"]["tenderPeriod"][name] for name in ("startDate", "endDate"))
    for bid in release.get("bids", {}).get("details", []):
        if not published <= bid["date"] < closes:
            yield f"bid {bid['id']} was not sealed in time"
    awarded = {each["id"]: each["date"] for each in release.get("awards", [])}
    for contract in release.get("contracts", []):
        if contract["dateSigned"] < awarded.get(contract["awardID"], ""):
            yield f"contract {contract['id']} was signed before its award"
