"""Which licences a service holds: among those it has declared, or named in its qualifications."""

from collections.abc import Sequence
from typing import Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from matcher.candidates import Pairs
from matcher.sheets import split_list, split_lists

Flags = NDArray[np.bool_]


class Licences:
    """The licences of a catalogue."""

    def __init__(self, declared: Sequence[Sequence[str]], qualifications: Sequence[str]) -> None:
        self.declared = declared
        self.qualifications = qualifications
        self.says = np.array([bool(held) for held in declared], dtype=bool)

    @classmethod
    def of(cls, services: pd.DataFrame) -> Self:
        """Read a checked services table."""
        return cls(split_lists(services["licences"]), services["languages_qualifications"].tolist())

    def missing(self, required: str, place: int) -> list[str]:
        """What of the required ones the service at `place` does not hold."""
        held = self.declared[place]
        known = self.qualifications[place]
        return [licence for licence in split_list(required) if licence not in held and licence not in known]

    def judge(self, required: Sequence[str], pairs: Pairs) -> NDArray[np.int8]:
        """1 all held, -1 some missing, 0 nothing declared and some missing; shape (n_pairs,)."""
        answer = np.ones(len(pairs), dtype=np.int8)
        for row, its in pairs.by_need():
            if required[row]:
                services = pairs.services[its]
                lacking = [bool(self.missing(required[row], place)) for place in services.tolist()]
                answer[its] = np.where(lacking, np.where(self.says[services], -1, 0), 1)
        return answer
