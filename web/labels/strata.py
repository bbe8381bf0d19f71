"""Words for the strata of a population; their codes come from models/parties/strata.py."""

from flask_babel import lazy_gettext as _l

STRATUM_WORDS = {
    "age:0_13": _l("0–13岁"),
    "age:14_24": _l("14–24岁"),
    "age:25_44": _l("25–44岁"),
    "age:45_59": _l("45–59岁"),
    "age:60_79": _l("60–79岁"),
    "age:80_plus": _l("80岁及以上"),
    "sex:female": _l("女"),
    "sex:male": _l("男"),
    "tenure:owner": _l("自有住房"),
    "tenure:tenant": _l("租住"),
    "registration:local": _l("本市户籍"),
    "registration:migrant": _l("外来人口"),
}


def stratum_name(code: str) -> str:
    """The word for a stratum in the language of the page."""
    return str(STRATUM_WORDS[code])
