"""The gallery's own words, in both languages side by side; the portal's are in its catalogues."""

from flask import request
from flask_babel.speaklater import LazyString


def say(chinese: str, english: str) -> str:
    """The words in the language asked for by ?locale=."""
    return english if request.args.get("locale") == "en" else chinese


def later(chinese: str, english: str) -> LazyString:
    """The same, decided when it is shown."""
    return LazyString(say, chinese, english)
