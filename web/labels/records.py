"""Words for track records: what a result waits for, whose mean it is, the parts of a mark."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from models.records.outcome import Waiting
from models.scoring.composition import ACCEPTANCE, EVALUATION, RATING
from models.scoring.record import CODE, DOMAIN, EVERYWHERE, STARTING

LABELS = {
    Waiting: {
        Waiting.WINDOW: _l("异议期未满"),
        Waiting.CHALLENGE: _l("质疑或投诉未答复"),
        Waiting.APPEAL: _l("申诉未决定"),
        Waiting.RESCORE: _l("复评未完成"),
    },
}

LEVELS: Mapping[str, LazyString] = {
    CODE: _l("同一服务类别"),
    DOMAIN: _l("同一服务领域"),
    EVERYWHERE: _l("全部服务"),
    STARTING: _l("起始值，同行还没有足够的记录"),
}
"""Whose mean a record is compared with."""

PARTS: Mapping[str, LazyString] = {
    EVALUATION: _l("终期评估"),
    ACCEPTANCE: _l("验收"),
    RATING: _l("评价"),
}
"""What a mark is made of."""
