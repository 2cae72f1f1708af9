"""What tests of commands share."""

from collections.abc import Callable

import pytest
from click.testing import Result
from flask import Flask

from tests.factories import World


@pytest.fixture
def run(app: Flask, world: World) -> Callable[..., Result]:
    """Runs a command as the operator of the machine does: ``run("visit", "list")``."""
    def invoke(*arguments: str) -> Result:
        with app.app_context():
            return app.test_cli_runner().invoke(args=arguments)
    return invoke
