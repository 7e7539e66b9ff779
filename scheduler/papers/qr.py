"""QR codes (ISO/IEC 18004) drawn as SVG, for pages and papers alike."""

import io

import segno

# The quiet zone that the standard asks for, in modules.
QUIET_ZONE = 4


def qr_svg(url: str) -> str:
    """A QR code of an address, black on white whatever the page's colours: one that reads inverted codes is
    rare. Without size of its own and without inline style; it fills what it is put into."""
    drawn = io.BytesIO()
    code = segno.make(url, error="m", micro=False)
    code.save(drawn, kind="svg", border=QUIET_ZONE, light="#fff", xmldecl=False, omitsize=True, svgclass=None)
    return drawn.getvalue().decode().strip()
