"""Every setting, its default, its reason."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

SETTINGS: Mapping[str, Any] = {
    # Who the city is, on every page and as the organizer of every invitation.
    "CITY_NAME": "Seoul",
    "CITY_ZONE": "Asia/Seoul",
    # Replies to invitations come to this address; it must accept mail and never change (RFC 5546 3.2.2.4).
    "ORGANIZER_NAME": "Seoul Protocol Office",
    "ORGANIZER_EMAIL": "protocol@seoul.example",
    # What people call who were sent a link and have a question. Empty: they are told the address alone.
    "OFFICE_PHONE": os.environ.get("OFFICE_PHONE", ""),
    # Under which address guests and sites reach these pages: it stands in every letter. Empty: the address
    # that this machine serves, which is right for trying out alone.
    "PUBLIC_URL": os.environ.get("PUBLIC_URL", "").rstrip("/"),
    # Who posts the letters: smtp://user:password@host:587 or smtps://… Empty: letters become files in
    # `instance/mail/`.
    "SMTP_URL": os.environ.get("SMTP_URL", ""),
    # Where answers arrive, the mailbox of ORGANIZER_EMAIL: imaps://user:password@host/INBOX. Empty: none is
    # fetched; a mail relay may hand them over (POST /api/v1/mail).
    "IMAP_URL": os.environ.get("IMAP_URL", ""),
    # The name under which the own mail server vouches for senders (Authentication-Results, RFC 8601). With
    # it an answer counts by itself only when DMARC passed; without it the sender's address is believed.
    "MAIL_AUTHSERV_ID": os.environ.get("MAIL_AUTHSERV_ID", ""),
    # How long the worker waits before it looks again: for holds that ran out and waiting lists,
    "CLOCK_SECONDS": 5,
    # for letters to write and to post,
    "LETTERS_SECONDS": 2,
    # for reminders and rosters that the clock brings, and answers to guests' own mails,
    "REMINDERS_SECONDS": float(os.environ.get("REMINDERS_SECONDS", "30")),
    # for mail that has arrived.
    "MAILBOX_SECONDS": float(os.environ.get("MAILBOX_SECONDS", "20")),
    # How old a change must be before its letters are written: what changes again within makes one letter.
    "LETTERS_WAIT_SECONDS": int(os.environ.get("LETTERS_WAIT_SECONDS", "10")),
    # After how many hours of trying a letter is given up, and shown to the officers.
    "LETTERS_GIVE_UP_HOURS": 48,
    # How long a letter that a worker took up is its alone: twice as long as a slow mail server may take.
    "LETTERS_LEASE_SECONDS": int(os.environ.get("LETTERS_LEASE_SECONDS", "900")),
    # At which hour of the city's day reminders and the next day's rosters are written.
    "REMINDERS_HOUR": 9,
    "ROSTERS_HOUR": 16,
    # What a page may be written in; the first serves those who ask for none of them.
    "LANGUAGES": {"en": "English", "ko": "한국어", "zh": "中文", "ja": "日本語", "ar": "العربية"},
    # In which of them the city's own names of its sites, tours, places and people are kept (`name_native`).
    "CITY_LANGUAGE": "ko",
    "BABEL_DEFAULT_LOCALE": "en",
    "BABEL_DEFAULT_TIMEZONE": "Asia/Seoul",
    # Request letters are scanned papers of up to ten megabytes, in a form around them. JSON bodies have
    # their own limit.
    "MAX_CONTENT_LENGTH": 11 * 1024 * 1024,
    "MAX_JSON_LENGTH": 1024 * 1024,
    "MAX_FORM_PARTS": 1000,
    # A mail that a relay hands in may be as large as one that is fetched.
    "MAX_MAIL_LENGTH": 12 * 1024 * 1024,
    # The session cookie is for this site alone. SECURE is on wherever the service stands behind TLS.
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "SESSION_COOKIE_SECURE": os.environ.get("COOKIES_OVER_TLS_ONLY", "") == "1",
    # How many reverse proxies stand in front and may be believed about the caller's address.
    "TRUSTED_PROXIES": int(os.environ.get("TRUSTED_PROXIES", "0")),
    # Under which names this service may be called; secret addresses are made from the name that was called.
    # Empty: any name. The demo answers to names of this machine alone.
    "TRUSTED_HOSTS": os.environ.get("TRUSTED_HOSTS", "").split() or None,
    # An officer's day is long, and a form must not lose its right to be sent over lunch.
    "WTF_CSRF_TIME_LIMIT": None,
    "PERMANENT_SESSION_LIFETIME": 12 * 60 * 60,
    # An owner who has not answered within these days is flagged; silence is never a yes.
    "SILENCE_DAYS": 3,
    # The planner thinks in processes of its own, beside the web processes: at most so many at once on this
    # machine (0: none is started here; `python -m scheduler.planning` takes up jobs wherever it runs),
    "PLAN_PROCESSES": int(os.environ.get("PLAN_PROCESSES", "2")),
    # each with so much memory, several times what the largest delegation was seen to need,
    "PLAN_MEMORY_MB": int(os.environ.get("PLAN_MEMORY_MB", "1536")),
    # and none longer than this, whatever is asked for: an officer waits at the screen.
    "PLAN_SECONDS_MOST": float(os.environ.get("PLAN_SECONDS_MOST", "60")),
    # How long a planner with nothing to do waits for "ask again" before it ends: starting one takes seconds.
    "PLAN_LINGER_SECONDS": float(os.environ.get("PLAN_LINGER_SECONDS", "60")),
    # For how many days plans are kept; what was booked of them stays, of course.
    "PLAN_DAYS": int(os.environ.get("PLAN_DAYS", "30")),
    # For how many hours places are held when a plan is accepted as held and nobody says until when.
    "PLAN_HOLD_HOURS": 48,
    # Sign-in: so many failures in so many minutes, for an address or an account, then a pause.
    "SIGN_IN_FAILURES": 8,
    "SIGN_IN_WINDOW_MINUTES": 15,
}


def database_url(instance_path: str, environ: Mapping[str, str] = os.environ) -> str:
    """Where the archive is: DATABASE_URL (PostgreSQL by psycopg 3), or a SQLite file in `instance/`."""
    url = environ.get("DATABASE_URL", "").strip()
    if not url:
        return f"sqlite:///{Path(instance_path) / 'scheduler.sqlite'}"
    for plain in ("postgresql://", "postgres://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url.removeprefix(plain)
    return url


def secret_key(instance_path: str, environ: Mapping[str, str] = os.environ) -> str | None:
    """The key that signs cookies: SECRET_KEY, or the file that the first start made in `instance/`."""
    if environ.get("SECRET_KEY"):
        return environ["SECRET_KEY"]
    kept = Path(instance_path) / "secret_key"
    return kept.read_text().strip() if kept.exists() else None


def instance_path(environ: Mapping[str, str] = os.environ) -> str:
    """Where this city keeps its own: INSTANCE_PATH, or `instance/` beside the package."""
    return environ.get("INSTANCE_PATH") or str(Path(__file__).resolve().parent.parent / "instance")
