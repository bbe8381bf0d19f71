"""Words for the file of a project."""

from flask_babel import lazy_gettext as _l

from models.archive.verifying import Flaw

LABELS = {
    Flaw: {
        Flaw.MISSING: _l("清单里有，压缩包里没有"),
        Flaw.EXTRA: _l("清单里没有这个文件"),
        Flaw.CHANGED: _l("内容和清单不符"),
        Flaw.EVENT_CHANGED: _l("审计记录被改过，或者前后不相连"),
        Flaw.RANKING_DIFFERS: _l("重新计算的排名和记录不一致"),
        Flaw.SCORE_DIFFERS: _l("重新计算的评估得分和记录不一致"),
        Flaw.ENVELOPE_CHANGED: _l("信封和公布的指纹不符"),
    },
}
SENTENCES = {
    "project_not_closed": _l("确定结果、采购失败或者取消之后，才能下载档案。"),
    "not_a_project_file": _l("这不是本平台的项目档案，或者已经损坏。请重新下载。"),
}
ACTIONS = {
    "project.pack": _l("下载了全套项目档案"),
}
