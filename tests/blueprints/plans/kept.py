"""What the tests of plans look up: a plan's address, the latest plan, the visits, the keys of a page."""

from sqlalchemy import select

from scheduler.records.database import db
from scheduler.records.plans import PlanJob
from scheduler.records.visits import Visit


def url(plan, act=""):
    return f"/plans/{plan.id}{act}"


def latest():
    return db.session.scalars(select(PlanJob).order_by(PlanJob.id.desc())).first()


def visits():
    return db.session.scalars(select(Visit).order_by(Visit.starts_at)).all()


def keys(page, name):
    return [e.get("value") for e in page.all("input", name=name)]
