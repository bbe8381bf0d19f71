"""The form of a ranking: a file or its words."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import TextAreaField

from models.errors import Invalid
from web.form import Form, tidy

KILOBYTES = 400


class RankForm(Form):
    """The inputs of a ranking, as a file or pasted."""

    file = FileField(_l("选择 JSON 文件"))
    text = TextAreaField(_l("或者把 JSON 贴在这里"), filters=[tidy])

    @property
    def used(self) -> Any:
        """The field that counts: the file, when one was chosen."""
        return self.file if self.file.data else self.text

    def given(self) -> bytes:
        """What was given. A file's words go into the text, so that they can be corrected and sent again."""
        if self.file.data:
            data: bytes = self.file.data.read(KILOBYTES * 1000 + 1)
        else:
            data = (self.text.data or "").encode()
        if len(data) > KILOBYTES * 1000:
            raise Invalid("rank_too_large", kilobytes=KILOBYTES)
        if not data.strip():
            raise Invalid("rank_nothing_given")
        self.text.data = tidy(data.decode("utf-8-sig", "replace"))
        return data
