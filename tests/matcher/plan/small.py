"""Small districts drawn at random, and every plan there is of them, one by one."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

import pandas as pd
from hypothesis import strategies as st

from tests.matcher.tables import need, service

STREETS = ("东街", "西街")


@dataclass(frozen=True)
class District:
    """Needs, services and a run, with rules a planner is asked to keep."""

    needs: list[dict[str, object]]
    services: list[dict[str, object]]
    scores: dict[tuple[str, str], float]
    budgets: list[dict[str, object]] = field(default_factory=list)
    max_share: float | None = None
    newcomer_share: float | None = None

    def tables(self) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
        """needs, matches, services."""
        rows = [(*pair, score) for pair, score in self.scores.items()]
        matches = pd.DataFrame(rows, columns=["need_id", "service_id", "score"])
        return pd.DataFrame(self.needs), matches, pd.DataFrame(self.services)

    def budget_table(self) -> pd.DataFrame | None:
        return pd.DataFrame(self.budgets) if self.budgets else None


Counts = dict[tuple[str, str], int]


def every_plan(district: District) -> Iterator[Counts]:
    """All plans within the limits, units per pair."""
    needs = {str(row["need_id"]): row for row in district.needs}
    pairs = list(district.scores)
    for counts in product(*(range(units_of(needs[need_id]) + 1) for need_id, _ in pairs)):
        plan = dict(zip(pairs, counts, strict=True))
        if allowed(district, plan):
            yield plan


def allowed(district: District, plan: Counts) -> bool:
    """Does the plan keep every limit? Written from what the limits mean, without the program's rows."""
    needs = {str(row["need_id"]): row for row in district.needs}
    services = {str(row["service_id"]): row for row in district.services}
    total = sum(units_of(row) for row in district.needs)
    for need_id, row in needs.items():
        if sum(n for (asking, _), n in plan.items() if asking == need_id) > units_of(row):
            return False
    for service_id, row in services.items():
        if (
            sum(n * takes(needs[a], row) for (a, b), n in plan.items() if b == service_id)
            > row["capacity_free"]
        ):
            return False
    by_org: dict[object, int] = {}
    newcomers = 0
    for (_, service_id), n in plan.items():
        org = services[service_id]["org_id"]
        by_org[org] = by_org.get(org, 0) + n
        newcomers += n if services[service_id]["newcomer"] else 0
    if district.max_share is not None and max(by_org.values(), default=0) > district.max_share * total + 1e-9:
        return False
    if district.newcomer_share is not None and newcomers < district.newcomer_share * total - 1e-9:
        return False
    return all(
        sum(
            n * costs(needs[a], services[b])
            for (a, b), n in plan.items()
            if all(
                {**services[b], **needs[a]}[key] == value
                for key, value in row.items()
                if key != "budget_yuan"
            )
        )
        <= row["budget_yuan"]
        for row in district.budgets
    )


def value_of(district: District, plan: Counts) -> float:
    """The total score."""
    return sum(n * district.scores[pair] for pair, n in plan.items())


def fairness(district: District, plan: Counts) -> tuple[int, float, float]:
    """What a fair plan raises, in this order: units placed, the worst score, the total."""
    placed = [district.scores[pair] for pair, n in plan.items() if n]
    return sum(plan.values()), min(placed, default=0.0), value_of(district, plan)


def units_of(row: dict[str, object]) -> int:
    return int(str(row["units"] or 1))


def takes(asking: dict[str, object], offering: dict[str, object]) -> int:
    return heads(asking) if offering["price_unit"] == "人次" else 1


def costs(asking: dict[str, object], offering: dict[str, object]) -> int:
    return int(str(offering["unit_price_yuan"])) * takes(asking, offering)


def heads(row: dict[str, object]) -> int:
    return 1 if row["units"] else int(str(row["affected_people"]))


@st.composite
def districts(draw: st.DrawFn, *, rules: bool) -> District:
    """Up to four needs and three services; with `rules`, budgets, shares and capacities by heads too."""
    needs = [
        need(
            need_id=f"N{at}",
            street=draw(st.sampled_from(STREETS)),
            affected_people=draw(st.integers(1, 4)),
            units=draw(st.sampled_from(["", "", "1", "2"])),
        )
        for at in range(draw(st.integers(1, 4)))
    ]
    services = [
        service(
            service_id=f"S{at}",
            org_id=f"O{draw(st.integers(0, 1))}",
            price_unit=draw(st.sampled_from(["场", "人次"] if rules else ["场"])),
            unit_price_yuan=draw(st.integers(0, 5)),
            capacity_free=draw(st.integers(0, 4)),
            newcomer=draw(st.sampled_from(["", "yes"])),
        )
        for at in range(draw(st.integers(1, 3)))
    ]
    pairs = [(str(n["need_id"]), str(s["service_id"])) for n in needs for s in services]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=7))
    scores = {pair: draw(st.integers(1, 100)) / 100 for pair in chosen}
    if not rules:
        return District(needs, services, scores)
    budgets = draw(
        st.lists(
            st.fixed_dictionaries(
                {"budget_yuan": st.integers(0, 12)},
                optional={"street": st.sampled_from(STREETS), "org_id": st.sampled_from(["O0", "O1"])},
            ),
            max_size=2,
        )
    )
    return District(
        needs,
        services,
        scores,
        budgets,
        max_share=draw(st.sampled_from([None, 0.3, 0.5, 0.8])),
        newcomer_share=draw(st.sampled_from([None, 0.2, 0.5])),
    )
