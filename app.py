"""The application that servers and commands load."""

from field import create_app

app = create_app()
