"""The draw as a computation anybody can do again: experts are drawn at random (R24).

1. A list is fixed before the seed exists: ids of experts, sorted.
2. The seed is 32 random bytes, written in hex.
3. Each expert's ticket is the SHA-256 of "seed:id"; the smallest ticket comes first.
4. Seats are filled in this order. Whoever is recused is followed by the next in it.
5. When a list is used up, the next one is fixed of those who were in none, and goes on in the same way.

Nobody can steer it: the list is fixed without the seed, and a panel has one seed, never a second.
"""

import json
import secrets
from collections.abc import Sequence
from hashlib import sha256

Pool = Sequence[Sequence[str]]
"""Lists of ids, each sorted, in the order in which they are drawn from."""


def new_seed() -> str:
    """32 random bytes."""
    return secrets.token_hex(32)


def ticket(seed: str, key: str) -> str:
    """What decides when somebody's turn comes."""
    return sha256(f"{seed}:{key}".encode()).hexdigest()


def ordering(seed: str, pool: Pool) -> list[str]:
    """Everybody, in the order of the draw."""
    return [key for part in pool for key in sorted(part, key=lambda key: ticket(seed, key))]


def digest(pool: Pool) -> str:
    """SHA-256 of the lists as JSON without blanks."""
    return sha256(json.dumps([list(part) for part in pool], separators=(",", ":")).encode()).hexdigest()
