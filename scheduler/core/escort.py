"""Who must go along with a visit: an interpreter where no language is shared, a guide, a vehicle."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from scheduler.core.duties import DutyState, ResourceFacts, ResourceKind, Staff
from scheduler.core.facts import DelegationFacts, SiteFacts, TourFacts, VisitRequest
from scheduler.core.interpreting import interpreters_between, needs_interpreter, wanted_languages
from scheduler.core.spans import Span
from scheduler.core.staffing import Errand, resource_refusals
from scheduler.core.travel import Travel
from scheduler.core.verdicts import Caution, CautionCode, Refusal, RefusalCode

VEHICLE_WANTED = "vehicle"
NAMED = 3
_K, _R, _C = ResourceKind, RefusalCode, CautionCode
# What is said when nobody of a kind is free, and when somebody is but nobody was chosen.
NONE_FREE = {
    _K.INTERPRETER: _R.NO_INTERPRETER_FREE,
    _K.GUIDE: _R.NO_GUIDE_FREE,
    _K.VEHICLE: _R.NO_VEHICLE_FREE,
}
NOT_ASSIGNED = {
    _K.INTERPRETER: _C.INTERPRETER_NOT_ASSIGNED,
    _K.GUIDE: _C.GUIDE_NOT_ASSIGNED,
    _K.VEHICLE: _C.VEHICLE_NOT_ASSIGNED,
}


@dataclass(frozen=True, slots=True, eq=False)
class Escort:
    """One request before one tour: what it needs of the office's people, and who was chosen."""

    request: VisitRequest
    site: SiteFacts
    tour: TourFacts
    delegation: DelegationFacts
    staff: Staff
    travel: Travel

    def weigh(self, span: Span) -> tuple[list[Refusal], list[Caution]]:
        """What stands against this hour as far as people and vehicles go."""
        refusals: list[Refusal] = []
        cautions: list[Caution] = []
        errand = self.errand(span)
        against = {
            resource.id: resource_refusals(resource, errand, self.travel)
            for resource in self.staff.resources.values()
        }
        for chosen in dict.fromkeys(self.request.assign):
            refusals += against.get(chosen, [])
        refusals += self._too_small()
        for assigned in self.staff.assigned:
            if against.get(assigned):
                cautions.append(self._cannot_follow(assigned, against[assigned]))
        for kind in self.needs(span):
            self._met(kind, against, refusals, cautions)
        for assigned, state in self.staff.assigned.items():
            if state is DutyState.ASKED and not against.get(assigned):
                cautions.append(Caution(_C.ASSIGNMENT_NOT_ACCEPTED, self._who(assigned)))
        return refusals, cautions

    def needs(self, span: Span) -> Iterator[ResourceKind]:
        """The kinds without which this visit should not be. Where no interpreter has the pair at all, that
        is said once, of the languages."""
        if needs_interpreter(self.site, self.delegation, self.request.language) and self._has_pair():
            yield _K.INTERPRETER
        if self.tour.needs_guide:
            yield _K.GUIDE
        if VEHICLE_WANTED in self.delegation.needs and not self._is_driven(span):
            yield _K.VEHICLE

    def _has_pair(self) -> bool:
        wanted = wanted_languages(self.delegation, self.request.language) or frozenset()
        return bool(interpreters_between(wanted, self.site, self.staff.resources.values()))

    def _met(
        self,
        kind: ResourceKind,
        against: dict[int, list[Refusal]],
        refusals: list[Refusal],
        cautions: list[Caution],
    ) -> None:
        """Whether the need for a kind is met by who was chosen, could be met, or cannot."""
        of_kind = [r for r in self.staff.resources.values() if r.kind is kind]
        chosen = {*self.request.assign, *self.staff.assigned}
        going = [r for r in of_kind if r.id in chosen and not against[r.id]]
        free = [r for r in of_kind if not against[r.id]]
        if self._is_enough(kind, going) or (kind is _K.VEHICLE and not of_kind):
            return
        if self._is_enough(kind, free):
            told = {"free": len(free), "names": [r.name for r in free[:NAMED]]}
            cautions.append(Caution(NOT_ASSIGNED[kind], self._wanted(kind) | told))
        elif not any(r.id in self.request.assign for r in of_kind):
            told = {"reasons": _reasons(of_kind, against)}
            refusals.append(Refusal(NONE_FREE[kind], self._wanted(kind) | told))

    def _too_small(self) -> list[Refusal]:
        """Whether those who go find seats in the vehicles named for them."""
        chosen = dict.fromkeys(self.request.assign)
        named = [self.staff.resources[i] for i in chosen if i in self.staff.resources]
        vehicles = [resource for resource in named if resource.kind is _K.VEHICLE]
        seats = sum(vehicle.seats or 0 for vehicle in vehicles)
        if not vehicles or seats >= self.request.headcount:
            return []
        told = {"headcount": self.request.headcount, "seats": seats, "name": vehicles[0].name}
        return [Refusal(_R.VEHICLE_TOO_SMALL, told)]

    def _is_enough(self, kind: ResourceKind, resources: Sequence[ResourceFacts]) -> bool:
        if kind is not _K.VEHICLE:
            return bool(resources)
        return sum(r.seats or 0 for r in resources) >= self.request.headcount

    def _is_driven(self, span: Span) -> bool:
        seats = sum(riders for driven, riders in self.staff.driven if driven.holds(span))
        return seats >= self.request.headcount

    def errand(self, span: Span) -> Errand:
        """What somebody would be sent for at this hour, whoever it is."""
        wanted: AbstractSet[str] = wanted_languages(self.delegation, self.request.language) or frozenset()
        return Errand(
            span=span,
            delegation_id=self.delegation.id,
            site=self.site,
            visit_id=self.request.visit_id,
            wanted=wanted,
            shared=wanted & self.site.languages,
            headcount=0,
        )

    def _wanted(self, kind: ResourceKind) -> dict[str, object]:
        if kind is _K.VEHICLE:
            return {"headcount": self.request.headcount}
        wanted = wanted_languages(self.delegation, self.request.language) or frozenset()
        return {"wanted": sorted(wanted)}

    def _who(self, resource_id: int) -> dict[str, object]:
        resource = self.staff.resources[resource_id]
        return {"resource_id": resource.id, "name": resource.name, "kind": resource.kind.value}

    def _cannot_follow(self, resource_id: int, refusals: list[Refusal]) -> Caution:
        return Caution(
            _C.ASSIGNEE_CANNOT_FOLLOW, self._who(resource_id) | {"because": refusals[0].code.value}
        )


def _reasons(
    resources: Sequence[ResourceFacts], against: dict[int, list[Refusal]]
) -> list[dict[str, object]]:
    """Why each one who could have come cannot; who lacks the language or is of another site is no news."""
    unfit = {_R.ASSIGNEE_LACKS_LANGUAGE, _R.ASSIGNEE_OF_OTHER_SITE}
    return [
        {"name": resource.name, "because": against[resource.id][0].code.value}
        for resource in resources
        if against[resource.id] and against[resource.id][0].code not in unfit
    ]
