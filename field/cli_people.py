"""Commands for people who sign in."""

import sys

import click
from flask import current_app
from sqlalchemy.orm import Session

from field.access import SYSTEM, Grant, Role
from field.cli_places import region_named, site_named
from field.errors import Problem
from field.models.person import select_person
from field.operations.links import issue_link
from field.operations.people import add_person
from field.operations.second_factor import remove_factor
from field.operations.sign_in import canonical_email

_ROLES = click.Choice([str(role) for role in Role])


@click.group()
def person() -> None:
    """People who sign in."""


@person.command("add")
@click.argument("email")
@click.option("--name", required=True)
@click.option("--role", "roles", required=True, multiple=True, type=_ROLES)
@click.option("--region")
@click.option("--site")
@click.option("--language", default="en", show_default=True)
@click.option("--password-stdin", is_flag=True, required=True, help="Read the password from standard input.")
def person_add(email: str, name: str, roles: tuple[str, ...], region: str | None, site: str | None, language: str, password_stdin: bool) -> None:
    """Adds a person with a role in a region and all below it, at a site, or everywhere."""
    password = sys.stdin.readline().rstrip("\r\n")
    with current_app.extensions["database"].write() as session:
        grants = _grants(session, roles, region, site)
        click.echo(add_person(session, SYSTEM, email, name=name, password=password, grants=grants, language=language).id)


@person.command("invite")
@click.argument("email")
@click.option("--name", required=True)
@click.option("--role", "roles", required=True, multiple=True, type=_ROLES)
@click.option("--region")
@click.option("--site")
@click.option("--language", default="en", show_default=True)
def person_invite(email: str, name: str, roles: tuple[str, ...], region: str | None, site: str | None, language: str) -> None:
    """Adds a person without a password and prints the link with which they choose one: once, within 72 hours."""
    with current_app.extensions["database"].write() as session:
        invited = add_person(session, SYSTEM, email, name=name, grants=_grants(session, roles, region, site), language=language)
        click.echo(_address(issue_link(session, SYSTEM, invited)))


@person.command("reset")
@click.argument("email")
@click.option("--without-second-factor", is_flag=True, help="Remove the second factor too: the phone and the recovery codes are lost.")
def person_reset(email: str, without_second_factor: bool) -> None:
    """Prints a link with which a person chooses a new password: once, within 24 hours (an invitation: 72)."""
    with current_app.extensions["database"].write() as session:
        known = session.scalar(select_person(canonical_email(email)))
        if known is None:
            raise Problem("person.unknown")
        if without_second_factor:
            remove_factor(session, SYSTEM, known)
        click.echo(_address(issue_link(session, SYSTEM, known)))


def _grants(session: Session, roles: tuple[str, ...], region: str | None, site: str | None) -> list[Grant]:
    region_id = region_named(session, region).id if region else None
    site_id = site_named(session, site).id if site else None
    return [Grant(Role(role), region_id, site_id) for role in roles]


def _address(token: str) -> str:
    return f"{current_app.config['FIELDSCORE'].base_url.rstrip('/')}/links/{token}"


COMMANDS = (person,)
