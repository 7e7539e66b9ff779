"""What every page about one site shows around its content: its names, its tabs, the ways away from it."""

from dataclasses import dataclass

from flask import request, url_for
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.blueprints.ways import roster_url
from scheduler.clock import now
from scheduler.identity import actor
from scheduler.records.sites import Site
from scheduler.words.instants import local_day
from scheduler.words.own_names import own_name, second_name

# The rooms about one site, with the page of each that its tab leads to.
TABS = (("sites.site", "sites"), ("closures.index", "closures"), ("tours.index", "tours"))


@dataclass(frozen=True)
class SiteFrame:
    """A site's frame. `breadcrumbs` lead back to it from its further pages."""

    code: str
    name: str
    name_native: str
    zone: str
    version: int
    may_change: bool
    tabs: list[tuple[str, str, bool]]
    breadcrumbs: list[tuple[str, str]]
    roster_url: str
    close_url: str


def frame_of(site: Site, *above: tuple[str, str]) -> SiteFrame:
    """The frame of a site's page; `above` are further pages between the site and this one."""
    return SiteFrame(
        code=site.code,
        name=own_name(site),
        name_native=second_name(site),
        zone=site.zone,
        version=site.version,
        may_change=actor().may(Permission.WRITE_SITES, site_id=site.id),
        tabs=_tabs(site.code),
        breadcrumbs=[
            (_("Sites"), url_for("sites.index")),
            (own_name(site), _url("sites.site", site.code)),
            *above,
        ],
        roster_url=roster_url(site.code, local_day(now(), site.zone)),
        close_url=_url("closures.close_now", site.code),
    )


def _tabs(code: str) -> list[tuple[str, str, bool]]:
    words = {"sites": _("What we know"), "closures": _("Closures"), "tours": _("Tours")}
    here = "tours" if request.blueprint == "sessions" else request.blueprint
    return [(words[room], _url(door, code), here == room) for door, room in TABS]


def _url(door: str, code: str) -> str:
    return url_for(door, code=code)
