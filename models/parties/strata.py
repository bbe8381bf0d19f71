"""The strata by which a sample is held against the population, and who came to a meeting is counted."""

STRATA: dict[str, tuple[str, ...]] = {
    "age": ("age:0_13", "age:14_24", "age:25_44", "age:45_59", "age:60_79", "age:80_plus"),
    "sex": ("sex:female", "sex:male"),
    "tenure": ("tenure:owner", "tenure:tenant"),
    "registration": ("registration:local", "registration:migrant"),
}

ALL_STRATA: frozenset[str] = frozenset(stratum for strata in STRATA.values() for stratum in strata)
