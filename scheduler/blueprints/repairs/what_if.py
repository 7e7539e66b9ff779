"""The forms of a rehearsal, with whom each could be about, filled in by the address where it says so."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import request
from wtforms.fields.choices import SelectChoice

from scheduler.blueprints.repairs.forms import WHAT_IFS, WhatIf
from scheduler.blueprints.typed import city_zone
from scheduler.core.disturbances import DisturbanceKind
from scheduler.core.spans import day_span
from scheduler.identity import actor
from scheduler.records.database import db
from scheduler.records.delegation_lists import open_delegations
from scheduler.records.delegations import Delegation
from scheduler.records.resource_lookup import ResourceSearch, resources_found
from scheduler.records.site_lookup import sites_seen_by
from scheduler.words.code_names import RESOURCE_KINDS
from scheduler.words.names import name_of
from scheduler.words.own_names import own_name


def forms_of_rehearsal(at: datetime, *, sent: WhatIf | None = None) -> Sequence[WhatIf]:
    """One form a kind, in order; the one that was sent as it was sent. The one that the address names comes
    first."""
    forms = [
        sent if sent is not None and isinstance(sent, kind) else _offered(kind(**_fresh(kind, at)), at)
        for kind in WHAT_IFS
    ]
    wanted = request.args.get("kind", "") if sent is None else sent.kind.value
    return sorted(forms, key=lambda form: form.kind.value != wanted)


def form_sent(at: datetime) -> WhatIf | None:
    """The form that was sent, by the kind it names; None for a kind that nobody knows."""
    kind = next((kind for kind in WHAT_IFS if kind.kind.value == request.form.get("kind")), None)
    return None if kind is None else _offered(kind(within=kind.kind.value), at)


def _fresh(kind: type[WhatIf], at: datetime) -> dict[str, Any]:
    """Tomorrow, the whole day; whom or what the address names."""
    tomorrow = day_span(at.astimezone(city_zone()).date() + timedelta(days=1), city_zone())
    data: dict[str, Any] = {"starts_at": tomorrow.starts_at, "ends_at": tomorrow.ends_at}
    delegation = _delegation()
    if kind.kind is DisturbanceKind.CLOSURE:
        data["site"] = request.args.get("site")
    if kind.kind is DisturbanceKind.ABSENCE:
        data["resource_id"] = request.args.get("resource", type=int)
    if kind.kind is DisturbanceKind.STAY and delegation is not None:
        data |= {"starts_at": delegation.arrives_at, "ends_at": delegation.departs_at}
    if delegation is not None:
        data |= {"delegation_id": delegation.id, "headcount": delegation.headcount}
    return {"formdata": None, "data": data, "within": kind.kind.value}


def _offered(form: WhatIf, at: datetime) -> WhatIf:
    form.offer(CHOICES[form.kind](at))
    return form


def _delegation() -> Delegation | None:
    told = request.args.get("delegation", "")
    return db.session.get(Delegation, int(told)) if told.isdecimal() and len(told) < 10 else None


def _sites(_at: datetime) -> list[SelectChoice]:
    return [SelectChoice(site.code, own_name(site)) for site in sites_seen_by(actor())]


def _resources(_at: datetime) -> list[SelectChoice]:
    return [
        SelectChoice(each.id, f"{name_of(RESOURCE_KINDS, each.kind)}: {own_name(each)}")
        for each in resources_found(ResourceSearch())
    ]


def _delegations(at: datetime) -> list[SelectChoice]:
    return [SelectChoice(each.id, each.name) for each in open_delegations(at)]


CHOICES = {
    DisturbanceKind.CLOSURE: _sites,
    DisturbanceKind.ABSENCE: _resources,
    DisturbanceKind.STAY: _delegations,
    DisturbanceKind.HEADCOUNT: _delegations,
}
