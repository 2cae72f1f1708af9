"""What tests of pages share."""

from flask.testing import FlaskClient


def token(client: FlaskClient, address: str) -> str:
    """The token that the forms of a page carry."""
    page = client.get(address).get_data(as_text=True)
    return page.split('name="csrf_token"', 1)[1].split('value="', 1)[1].split('"', 1)[0]


def text(answer) -> str:
    return answer.get_data(as_text=True)
