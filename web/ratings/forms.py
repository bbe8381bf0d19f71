"""The form of a rating: five words for each item, and some of one's own."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice

from models.ratings.rating import RatingItem
from web.contracts.forms import words
from web.form import Form, Required
from web.labels import label
from web.labels.ratings import POINTS


class RatingForm(Form):
    """Every item, and words."""

    words = words(_l("想说的话"), help=_l("公开之后对方会看到。请写事情，不写个人姓名。"))

    @property
    def items(self) -> list[Any]:
        """The fields of the items."""
        return [field for field in self if field.name in set(RatingItem)]

    @property
    def points(self) -> dict[RatingItem, int]:
        """The points given."""
        return {RatingItem(field.name): int(field.data) for field in self.items}


def rating_form(items: Sequence[RatingItem]) -> type[RatingForm]:
    """A form for the items of one direction."""
    scale = [SelectChoice(str(points), said) for points, said in POINTS.items()]
    fields = {
        each.value: RadioField(label(each), [Required(_("请选一项。"))], choices=scale) for each in items
    }
    return type("RatingForm", (RatingForm,), fields)
