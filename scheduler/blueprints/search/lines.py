"""One thing that was found as a line: its name, its second name, what it is, and where it leads."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import current_app, url_for
from flask_babel import gettext as _

from scheduler.core.searching import Sought
from scheduler.records.delegations import Delegation
from scheduler.records.post_search import Post, Standing
from scheduler.records.site_search import tours_named
from scheduler.records.sites import Site
from scheduler.words.instants import days_in_short, local_day
from scheduler.words.names import country_name
from scheduler.words.own_names import own_name, second_name


@dataclass(frozen=True)
class Line:
    """`about` are typed names and words beside each other; `api_url` is where a program reads the same."""

    name: str
    url: str
    api_url: str
    second: str = ""
    about: list[str] = field(default_factory=list)


def delegation_line(found: Delegation) -> Line:
    """A delegation with where it comes from, whom it is led by, and when it is here."""
    zone = current_app.config["CITY_ZONE"]
    home = found.partner.name if found.partner else country_name(found.country)
    stay = days_in_short(local_day(found.arrives_at, zone), local_day(found.departs_at, zone))
    return Line(
        found.name, *_delegation_urls(found.id), found.name_native, _said(home, found.head_post, stay)
    )


def post_line(found: Post) -> Line:
    """Somebody by their post. Hosts are met at what they host, all others at their delegation."""
    standing = {
        Standing.HEAD: _("Head of delegation"),
        Standing.DELEGATE: _("Delegate"),
        Standing.HOST: _("Host"),
    }[found.standing]
    urls = _delegation_urls(found.delegation_id)
    if found.engagement_id is not None:
        number = found.engagement_id
        page = url_for("engagements.engagement", engagement_id=number)
        urls = page, url_for("api.read_engagement", engagement_id=number)
    return Line(found.post, *urls, found.name, _said(standing, found.organisation, found.delegation))


def site_lines(found: Sequence[Site], sought: Sought) -> list[Line]:
    """Sites with whichever of their tours are called so."""
    shown: dict[int, list[str]] = defaultdict(list)
    for tour in tours_named(found, sought):
        shown[tour.site_id].append(own_name(tour))
    return [_site_line(site, shown[site.id]) for site in found]


def _site_line(site: Site, tours: list[str]) -> Line:
    urls = url_for("sites.site", code=site.code), url_for("api.read_site", code=site.code)
    return Line(own_name(site), *urls, second_name(site), _said(site.code, *(tours or [site.owner_unit])))


def _delegation_urls(delegation_id: int) -> tuple[str, str]:
    pages = url_for("delegations.delegation", delegation_id=delegation_id)
    return pages, url_for("api.read_delegation", delegation_id=delegation_id)


def _said(*texts: str) -> list[str]:
    return [text for text in texts if text]
