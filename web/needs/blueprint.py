"""The blueprint of needs; reading.py, writing.py and handing_in.py hang their views here."""

from flask import Blueprint

bp = Blueprint("needs", __name__, url_prefix="/needs")
