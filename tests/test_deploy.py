"""What stands in deploy/ fits the application that it starts."""

import re

import pytest
from flask import Flask

from tests.house import ROOT, read

UNITS = sorted(path.name for path in (ROOT / "deploy").glob("*.service"))
HARDENED = ("NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes", "CapabilityBoundingSet=\n",
            "SystemCallFilter=@system-service", "RestrictSUIDSGID=yes", "UMask=0077", "User=fieldscore")


@pytest.mark.parametrize("unit", UNITS)
def test_units_start_commands_that_there_are_and_may_do_little(app: Flask, unit: str) -> None:
    written = read(f"deploy/{unit}")
    assert [line for line in HARDENED if line not in written] == []
    started = re.findall(r"flask --app app (\w+)", written)
    assert started
    assert set(started) <= set(app.cli.commands)


def test_the_settings_of_the_example_are_in_the_readme() -> None:
    names = set(re.findall(r"^#?([A-Z_]+)=", read("deploy/fieldscore.env"), re.M)) - {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}
    assert [name for name in sorted(names) if f"`{name}`" not in read("README.md")] == []


def test_nobody_outside_sees_the_metrics() -> None:
    assert "respond /metrics 404" in read("deploy/Caddyfile")
