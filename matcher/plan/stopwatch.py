"""How many of the seconds a caller allows are left: it tells how long, never what time it is."""

import time


class Stopwatch:
    """Started when it is made."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds, not below 0."""
        return max(0.0, self._end - time.monotonic())
