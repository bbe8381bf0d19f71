"""The hard limits once more, slow and obvious: one pair at a time, as a person would check them."""

import math
from collections.abc import Mapping
from typing import Any

from matcher.sheets import split_list

YES, UNKNOWN, NO = 1, 0, -1
STALE_AFTER = 365


def judge(need: Mapping[str, Any], service: Mapping[str, Any]) -> dict[str, int]:
    """limit -> 1, 0 or -1 for one need and one service of checked tables."""
    answers = {
        "area": area(need, service),
        "capacity": capacity(service),
        "licence": licence(need, service),
        "price": price(need, service),
        "dates": dates(need, service),
    }
    if service["stale_days"] > STALE_AFTER:
        answers = dict.fromkeys(answers, UNKNOWN)
    flags = split_list(service["list_flags"])
    answers["list"] = NO if "abnormal" in flags or "dishonest" in flags else YES
    answers["conflict"] = NO if service["org_id"] in split_list(need["conflict_org_ids"]) else YES
    return answers


def area(need: Mapping[str, Any], service: Mapping[str, Any]) -> int:
    codes, names = split_list(service["coverage_codes"]), split_list(service["coverage_districts"])
    if need["unit_code"] and codes:
        return YES if any(need["unit_code"].startswith(code) for code in codes) else NO
    if (need["district"] or need["street"]) and names:
        if "全市" in names:
            return YES
        return YES if {need["district"], need["street"], need["community"]} & set(names) else NO
    return UNKNOWN


def capacity(service: Mapping[str, Any]) -> int:
    left = service["capacity_free"]
    if math.isnan(left):
        left = service["capacity_per_year"]
    if math.isnan(left):
        return UNKNOWN
    return YES if left >= 1 else NO


def licence(need: Mapping[str, Any], service: Mapping[str, Any]) -> int:
    held = split_list(service["licences"])
    missing = [
        name
        for name in split_list(need["required_licences"])
        if name not in held and name not in service["languages_qualifications"]
    ]
    if not missing:
        return YES
    return NO if held else UNKNOWN


def price(need: Mapping[str, Any], service: Mapping[str, Any]) -> int:
    if math.isnan(need["budget_yuan"]) or math.isnan(service["unit_price_yuan"]):
        return UNKNOWN
    return NO if service["unit_price_yuan"] > need["budget_yuan"] else YES


def dates(need: Mapping[str, Any], service: Mapping[str, Any]) -> int:
    first, last = service["available_from"], service["available_to"]
    if math.isnan(first) and math.isnan(last):
        return YES
    starts, ends = need["starts_on"], need["ends_on"]
    if math.isnan(starts) and math.isnan(ends):
        return UNKNOWN
    if not math.isnan(first) and not math.isnan(ends) and ends <= first:
        return NO
    if not math.isnan(last) and not math.isnan(starts) and starts >= last:
        return NO
    return YES
