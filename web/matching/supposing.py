"""What a change of the need brings, in words."""

from flask_babel import gettext as _

from models.matching.what_if import Moved, Outcome
from web.labels.matching import GAINS, LIFTED


def outcome(found: Outcome) -> str:
    """All of it, in a sentence."""
    counts = {"eligible": found.n_eligible, "refused": found.n_refused}
    if found.changes_order:
        return _("变得符合条件的有 %(eligible)d 项，不再符合的有 %(refused)d 项；前几名有变化。", **counts)
    if found.n_eligible or found.n_refused:
        return _("变得符合条件的有 %(eligible)d 项，不再符合的有 %(refused)d 项；前几名不变。", **counts)
    return _("没有变化：符合条件的服务和前几名都与原来一样。")


def change(moved: Moved) -> str:
    """Where a service stood, what let it in, what it gains or loses by."""
    limits = [str(LIFTED[code]) for code in moved.lifted]
    gains = [str(GAINS[name, by > 0]) % {"points": f"{by:+.2f}"} for name, by in moved.gains.items()]
    return _("；").join([_before(moved), *limits, *gains])


def _before(moved: Moved) -> str:
    if moved.before is None:
        return _("原来条件不符")
    if moved.before == moved.after:
        return _("名次不变")
    return _("原来第 %(rank)s 名", rank=moved.before)
