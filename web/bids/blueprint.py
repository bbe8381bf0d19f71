"""The places of bidders and of those who open bids."""

from flask import Blueprint

bp = Blueprint("bids", __name__, url_prefix="/bids")
openings = Blueprint("openings", __name__, url_prefix="/openings")
