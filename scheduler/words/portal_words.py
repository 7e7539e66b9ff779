"""The guests' list of delegates in words: what was done with it, what its columns hold."""

from flask_babel import lazy_gettext as _l

ACTS = {
    "import_list": _l("imported a list of delegates"),
    "close_list": _l("closed the list of delegates"),
    "open_list": _l("opened the list of delegates"),
}
LIST_COLUMNS = {
    "name": _l("Name as it is to be printed"),
    "family": _l("Family name"),
    "given": _l("Given name"),
    "native": _l("Name in their own script"),
    "post": _l("Post"),
    "organisation": _l("Organisation"),
    "email": _l("E-mail"),
}
COLUMNS = {"added": _l("Added"), "changed": _l("Changed"), "removed": _l("Removed")}
