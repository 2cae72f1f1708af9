"""Commands for regions and sites."""

import click
from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from field.access import SYSTEM
from field.errors import Problem
from field.models import Region, Site
from field.operations.regions import add_region
from field.operations.sites import SiteDetails, add_site


def region_named(session: Session, code: str) -> Region:
    """The region with this code; ``region.unknown``."""
    return session.scalar(select(Region).where(Region.code == code)) or _unknown("region.unknown")


def site_named(session: Session, code: str) -> Site:
    """The site with this code; ``site.unknown``."""
    return session.scalar(select(Site).where(Site.code == code)) or _unknown("site.unknown")


def _unknown(code: str) -> None:
    raise Problem(code)


@click.group()
def region() -> None:
    """Regions, a tree."""


@region.command("add")
@click.argument("code")
@click.option("--name", required=True)
@click.option("--parent")
def region_add(code: str, name: str, parent: str | None) -> None:
    """Adds a region, below --parent or at the top."""
    with current_app.extensions["database"].write() as session:
        above = region_named(session, parent) if parent else None
        click.echo(add_region(session, SYSTEM, code, name=name, parent=above).id)


@click.group()
def site() -> None:
    """Sites, the places visited."""


@site.command("add")
@click.argument("code")
@click.option("--name", required=True)
@click.option("--region", required=True)
@click.option("--address", default="")
@click.option("--time-zone", default="UTC", show_default=True)
@click.option("--language", default="en", show_default=True)
@click.option("--lat", type=float)
@click.option("--lon", type=float)
def site_add(code: str, region: str, **details: object) -> None:
    """Adds a site in a region."""
    with current_app.extensions["database"].write() as session:
        added = add_site(session, SYSTEM, code, region=region_named(session, region), details=SiteDetails(**details))
        click.echo(added.id)


COMMANDS = (region, site)
