"""How large a sample is and how it is spread: proportionally by group, nobody's group left out.

At least thirty people or a tenth of them, whichever is more; under thirty everybody is asked (a census).
"""

from collections.abc import Mapping
from fractions import Fraction

LEAST = 30
SHARE = 10
"""One in ten."""


def sample_size(population: int) -> int:
    """max(30, 10 % rounded up), or all when there are fewer."""
    return min(population, max(LEAST, -(-population // SHARE)))


def allocate(sizes: Mapping[str, int], total: int) -> dict[str, int]:
    """The sample by stratum: largest remainders (Hamilton), at least one of each, never more than there are.

    Equal remainders go by the stratum's code, so that the result is the same every time.
    """
    population = sum(sizes.values())
    quotas = {code: Fraction(total * size, population) for code, size in sizes.items()}
    given = {code: max(1, int(quota)) for code, quota in quotas.items()}

    def lacks(code: str) -> Fraction:
        return quotas[code] - given[code]

    for _ in range(total - sum(given.values())):
        code = min((each for each in given if given[each] < sizes[each]), key=lambda c: (-lacks(c), c))
        given[code] += 1
    for _ in range(sum(given.values()) - total):
        code = min((each for each in given if given[each] > 1), key=lambda c: (lacks(c), c))
        given[code] -= 1
    return given
