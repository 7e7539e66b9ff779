"""Every table, imported in one place so that migrations and mappers see them all."""

from scheduler.records.accounts import Account, ApiToken, SignInFailure
from scheduler.records.answers import Answer
from scheduler.records.delegations import Delegate, Delegation, Wish
from scheduler.records.documents import Document
from scheduler.records.feeds import FeedLink
from scheduler.records.journal import Journal
from scheduler.records.outbox import Letter
from scheduler.records.partners import Agreement, Partner
from scheduler.records.sites import OneOffHoliday, Site, SiteClosure, SiteFact, SiteHours
from scheduler.records.tours import OtherBooking, RoundPattern, Tour, TourSession
from scheduler.records.visits import Visit

__all__ = [
    "Account",
    "Agreement",
    "Answer",
    "ApiToken",
    "Delegate",
    "Delegation",
    "Document",
    "FeedLink",
    "Journal",
    "Letter",
    "OneOffHoliday",
    "OtherBooking",
    "Partner",
    "RoundPattern",
    "SignInFailure",
    "Site",
    "SiteClosure",
    "SiteFact",
    "SiteHours",
    "Tour",
    "TourSession",
    "Visit",
    "Wish",
]
