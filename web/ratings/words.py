"""Ratings in words."""

from flask_babel import gettext as _

from models.ratings.desk import RatingState
from models.ratings.rating import Rating, Side
from models.ratings.sides import group
from web.labels import label
from web.labels.ratings import POINTS

STATES = {
    RatingState.TO_GIVE: "waiting",
    RatingState.BLIND: "active",
    RatingState.RELEASED: "done",
    RatingState.CLOSED: "neutral",
}
"""The tone of a state's tag."""


def when(by: Side | None, about: Side) -> str:
    """When a rating in this direction is released."""
    if about is Side.AGENCY:
        return _("三方都评完，或者第一份评价之后满 14 天，才同时公开。交出之后不能改。")
    if by is not None and group((by, about)) == {(by, about)}:
        return _("评价之后满 14 天公开。交出之后不能改。")
    return _("两边都评完，或者第一份评价之后满 14 天，才同时公开。交出之后不能改。")


def points(given: int) -> str:
    """Points with what they mean."""
    return f"{given} · {POINTS[given]}"


def summary(rating: Rating) -> str:
    """A rating's items on one line."""
    return " · ".join(f"{label(each.item)} {each.points}" for each in rating.points)
