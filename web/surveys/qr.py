"""QR codes as SVG within the page: nothing is fetched, everything prints."""

import segno
from markupsafe import Markup


def qr(address: str, *, title: str) -> Markup:
    """The code of an address; a quarter of it may be dirty or torn."""
    drawn = segno.make_qr(address, error="q").svg_inline(
        omitsize=True, border=2, dark="#000", light="#fff", title=title, svgclass="qr", lineclass=None
    )
    return Markup(drawn)  # noqa: S704  # segno's own drawing; the title is escaped by it
