"""Every table, imported in one place so that migrations and mappers see them all."""

from scheduler.records.accounts import Account, ApiToken, SignInFailure
from scheduler.records.answers import Answer
from scheduler.records.assignments import Assignment
from scheduler.records.delegations import Delegate, Delegation, Wish
from scheduler.records.documents import Document
from scheduler.records.engagements import Attendance, Engagement
from scheduler.records.feeds import FeedFile, FeedLink
from scheduler.records.gate_taps import GateTap
from scheduler.records.hands import HandState
from scheduler.records.journal import Journal
from scheduler.records.letters import Letter
from scheduler.records.links import Link
from scheduler.records.mails import AddressAlias, Mail
from scheduler.records.outbox import OutboxNote
from scheduler.records.partners import Agreement, Partner
from scheduler.records.parts import Part
from scheduler.records.places import Place, TravelTime
from scheduler.records.plans import PlanJob
from scheduler.records.programmes import Approval, ProgrammeVersion
from scheduler.records.replies import Proposal, Reply
from scheduler.records.resources import Resource, ResourceHours, ResourceLeave
from scheduler.records.sheet_prints import SheetPrint
from scheduler.records.sites import OneOffHoliday, Site, SiteClosure, SiteFact, SiteHours
from scheduler.records.stay_frames import KeptFrame
from scheduler.records.tours import OtherBooking, RoundPattern, Tour, TourSession
from scheduler.records.visits import Visit
from scheduler.records.waiting import KeptApart, Waiting

__all__ = [
    "Account",
    "AddressAlias",
    "Agreement",
    "Answer",
    "ApiToken",
    "Approval",
    "Assignment",
    "Attendance",
    "Delegate",
    "Delegation",
    "Document",
    "Engagement",
    "FeedFile",
    "FeedLink",
    "GateTap",
    "HandState",
    "Journal",
    "KeptApart",
    "KeptFrame",
    "Letter",
    "Link",
    "Mail",
    "OneOffHoliday",
    "OtherBooking",
    "OutboxNote",
    "Part",
    "Partner",
    "Place",
    "PlanJob",
    "ProgrammeVersion",
    "Proposal",
    "Reply",
    "Resource",
    "ResourceHours",
    "ResourceLeave",
    "RoundPattern",
    "SheetPrint",
    "SignInFailure",
    "Site",
    "SiteClosure",
    "SiteFact",
    "SiteHours",
    "Tour",
    "TourSession",
    "TravelTime",
    "Visit",
    "Waiting",
    "Wish",
]
