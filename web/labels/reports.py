"""Refusals of reports."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "report_ends_before_it_begins": _l("结束日期不能早于开始日期。"),
    "report_too_long": _l("一份报告最多 %(years)s 年，请把时间缩短。"),
}
