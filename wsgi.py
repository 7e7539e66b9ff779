"""The app as WSGI servers and the `flask` command find it: `flask --app wsgi …`, `gunicorn wsgi:app`."""

from scheduler import create_app

app = create_app()
