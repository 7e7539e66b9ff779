"""Calendar programs that are not ours, run as their users run them: vdirsyncer fetches, khal reads."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from tests.cast import SEOUL

PROGRAMS = Path(sys.executable).parent
SECONDS = 60

SYNC = """
[general]
status_path = "{folder}/status"
[pair feed]
a = "there"
b = "here"
collections = null
conflict_resolution = "a wins"
[storage there]
type = "http"
url = "{url}"
[storage here]
type = "filesystem"
path = "{folder}/calendar"
fileext = ".ics"
"""

READ = """
[calendars]
[[visits]]
path = {folder}/calendar
readonly = True
[locale]
local_timezone = Asia/Seoul
default_timezone = Asia/Seoul
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {folder}/khal.db
"""


class SyncFailed(Exception):
    """The program could not fetch the calendar; says what it told its user."""


@dataclass(frozen=True, order=True)
class Seen:
    """An event as a program shows it, on Seoul's clock. `status` is the iCalendar one."""

    starts_at: datetime
    ends_at: datetime
    title: str
    status: str
    location: str = field(compare=False, default="")
    description: str = field(compare=False, default="")


class Vdirsyncer:
    """Somebody who subscribed to a feed: `sync` brings the folder of events to what the feed says."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        (folder / "calendar").mkdir(parents=True)
        (folder / "sync").write_text(SYNC.format(folder=folder, url=url), encoding="utf-8")
        self._run("discover")

    def sync(self) -> None:
        """Fetch the feed and write what changed. Raises SyncFailed."""
        self._run("sync")

    def files(self) -> dict[str, tuple[int, bytes]]:
        """Each file of the folder by name: when it was written, in nanoseconds, and what is in it."""
        paths = (self.folder / "calendar").iterdir()
        return {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in paths}

    def _run(self, verb: str) -> None:
        done = _run(self.folder, "vdirsyncer", "--config", str(self.folder / "sync"), verb)
        if done.returncode:
            raise SyncFailed(done.stderr)


class Khal:
    """Somebody who reads the events in a folder that vdirsyncer keeps."""

    FIELDS = ("title", "start-long-full", "end-long-full", "status", "location", "description")

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "khal").write_text(READ.format(folder=folder), encoding="utf-8")

    def events(self, first: date, days: int = 14) -> list[Seen]:
        """What it shows of these days, each event once, in order."""
        wanted = [word for name in self.FIELDS for word in ("--json", name)]
        reading = [f"--config={self.folder / 'khal'}", "list", "--once", *wanted, f"{first}", f"{days}d"]
        done = _run(self.folder, "khal", *reading)
        assert done.returncode == 0, done.stderr
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        return sorted(_seen(told) for day in lines for told in day)


def _seen(told: dict[str, str]) -> Seen:
    return Seen(
        starts_at=_moment(told["start-long-full"]),
        ends_at=_moment(told["end-long-full"]),
        title=told["title"],
        status=told["status"],
        location=told["location"],
        description=told["description"],
    )


def _moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=SEOUL)


def _run(folder: Path, program: str, *words: str) -> subprocess.CompletedProcess[str]:
    """At home in a folder of their own, so that nobody's own calendars are touched."""
    home = {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    home |= {"XDG_CACHE_HOME": str(folder), "LC_ALL": "C.UTF-8", "no_proxy": "127.0.0.1"}
    command = [str(PROGRAMS / program), *words]
    return subprocess.run(
        command, env={**os.environ, **home}, capture_output=True, text=True, timeout=SECONDS
    )
