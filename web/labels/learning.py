"""Words for what the matcher learns: phases of a run, groups of organisations, refusals."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from models.matching.learning import LearningPhase
from models.matching.makeup import Age, Size

LABELS = {
    LearningPhase: {
        LearningPhase.WAITING: _l("正在训练"),
        LearningPhase.TRAINED: _l("等您决定"),
        LearningPhase.ADOPTED: _l("已采用"),
        LearningPhase.DISCARDED: _l("未采用"),
        LearningPhase.WITHDRAWN: _l("已撤回"),
    },
    Size: {
        Size.SMALL: _l("10 人以下"),
        Size.MEDIUM: _l("10 至 49 人"),
        Size.LARGE: _l("50 人以上"),
        Size.UNKNOWN: _l("人数没有登记"),
    },
    Age: {
        Age.YOUNG: _l("成立不满 3 年"),
        Age.GROWN: _l("成立 3 至 9 年"),
        Age.OLD: _l("成立 10 年以上"),
        Age.UNKNOWN: _l("成立日期没有登记"),
    },
}

SENTENCES = {
    "learned_too_little": _l("能用来学习的需求只有 %(needs)s 条，至少要 %(least)s 条，这次的结果不能采用。"),
    "matching_rule_same": _l("现在已经是这样，没有要改的。"),
    "matching_rule_words_missing": _l("请写明为什么要改。"),
}

MESSAGES = {
    "learning_trained": _l("匹配训练好了，请看结果，再决定是否采用。"),
}

ACTIONS = {
    "learning_run.ask": _l("要求训练匹配"),
    "learning_run.train": _l("用审核结果训练了匹配"),
    "learning_run.adopt": _l("采用了训练结果"),
    "learning_run.discard": _l("没有采用训练结果"),
    "learning_run.withdraw": _l("撤回了训练结果"),
    "administrative_unit.set_matching_rule": _l("改了匹配计入什么"),
}

TONES: Mapping[LearningPhase, str] = {
    LearningPhase.WAITING: "neutral",
    LearningPhase.TRAINED: "waiting",
    LearningPhase.ADOPTED: "active",
    LearningPhase.DISCARDED: "neutral",
    LearningPhase.WITHDRAWN: "stopped",
}
