"""What hides drafts and waiting phrases: its keys lie in a file beside the database, never in it."""

from flask import current_app

from models.sealing.drafts import DraftKeeper

KEYS = "draft_keys"
"""The file of its keys, in the folder of the portal's data."""


def keeper() -> DraftKeeper:
    """The portal's keeper."""
    found: DraftKeeper = current_app.extensions["keeper"]
    return found
