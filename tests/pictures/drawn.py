"""Pictures read back: what parses, what bears a class, where it stands in percent."""

from xml.etree import ElementTree

SVG = "{http://www.w3.org/2000/svg}"


def parsed(svg):
    return ElementTree.fromstring(svg)  # noqa: S314 - Our own drawing, and it must parse.


def looking(picture, look):
    """Every element that bears a class."""
    return [each for each in picture.iter() if look in each.get("class", "").split()]


def stretch(element):
    """Where an element begins and ends, in percent of the picture."""
    x, width = (float(element.get(name).removesuffix("%")) for name in ("x", "width"))
    return x, x + width


def texts(picture, look):
    return [each.text for each in looking(picture, look)]
