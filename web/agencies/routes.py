"""All pages of agencies: importing this module registers them."""

from web.agencies import draws, fees, register, suspensions
from web.agencies.blueprint import bp
from web.agencies.blueprint import draws as assignments

__all__ = ["assignments", "bp", "draws", "fees", "register", "suspensions"]
