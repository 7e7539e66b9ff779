"""A reader that is not installed fails with the command that installs it."""

import pytest

from tests.calendars.ical_js_parser import IcalJsReader
from tests.calendars.read_file import ToolMissing


def test_a_missing_browser_is_named_with_its_remedy(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(ToolMissing, match="apt-get install chromium"):
        IcalJsReader()
