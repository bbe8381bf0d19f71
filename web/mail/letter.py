"""One message as a mail: plain text, one sentence, one link, and how to have no more of them."""

from email.message import EmailMessage
from email.utils import format_datetime

from flask import Flask
from flask_babel import gettext as _

from models.calendar.clocks import SHANGHAI
from models.mailing import Claimed
from web.config import Config
from web.i18n import speaking
from web.labels import message as words

MOST = 60
"""A subject line is the sentence's beginning; more would be folded."""


def letter(app: Flask, config: Config, claimed: Claimed) -> EmailMessage:
    """The mail. Its Message-ID is the message's own: a copy is known as a copy."""
    with speaking(app, claimed.locale):
        sentence = words(claimed.kind, claimed.facts)
        lines = [
            sentence,
            "",
            _("到对接上查看：%(url)s", url=f"{config.base_url}/inbox/{claimed.message_id}"),
            "",
            _("不想再收到邮件，可以在“我的账号”里关掉：%(url)s", url=f"{config.base_url}/me"),
        ]
        subject = _("对接：%(sentence)s", sentence=_short(sentence))
    made = EmailMessage()
    made["From"] = config.mail_from
    made["To"] = claimed.address
    made["Subject"] = subject
    made["Date"] = format_datetime(claimed.created_at.astimezone(SHANGHAI))
    made["Message-ID"] = f"<{claimed.message_id}@{config.mail_from.rsplit('@', 1)[-1].rstrip('>')}>"
    made["Auto-Submitted"] = "auto-generated"  # no out-of-office answers, please
    made.set_content("\n".join(lines))
    return made


def _short(sentence: str) -> str:
    line = " ".join(sentence.split())
    return line if len(line) <= MOST else f"{line[: MOST - 1]}…"
