"""The mail server of the tests."""

from tests.support.mail import letterbox, mailer, smtp, smtp_url

__all__ = ["letterbox", "mailer", "smtp", "smtp_url"]
