"""Settings: defaults that depend on the data folder."""

import pytest

from field.config import BadSettings, load, mark_demo


def test_a_second_factor_is_required_but_in_a_demo(tmp_path):
    environ = {"FIELDSCORE_HOME": str(tmp_path)}
    assert load(environ).second_factor == "required"
    mark_demo(tmp_path)
    assert load(environ).second_factor == "optional"
    assert load({**environ, "FIELDSCORE_SECOND_FACTOR": "required"}).second_factor == "required"


def test_passkeys_need_an_address_with_a_name_and_https_or_this_machine(tmp_path):
    hosts = {"http://127.0.0.1:8000": None, "http://localhost:8000": "localhost", "https://scores.example.org": "scores.example.org",
             "http://scores.example.org": None, "https://192.168.1.7:8443": None, "https://[::1]:8443": None}
    found = {url: load({"FIELDSCORE_HOME": str(tmp_path), "FIELDSCORE_BASE_URL": url}).passkey_host for url in hosts}
    assert found == hosts


@pytest.mark.parametrize("address", ["https://scores.example.org:99999", "https://[::1", "https://a..b", "https://", "ftp://x", "https://x/path", "https://x?y"])
def test_an_address_that_no_browser_could_open_is_refused_in_words(tmp_path, address):
    with pytest.raises(BadSettings, match="FIELDSCORE_BASE_URL must be scheme and host"):
        load({"FIELDSCORE_HOME": str(tmp_path), "FIELDSCORE_BASE_URL": address})


@pytest.mark.parametrize("url", ["postgresql://host:abc/name", "mysql://host/name", "sqlite:relative.db", "nonsense"])
def test_a_database_that_cannot_be_meant_is_refused_in_words(tmp_path, url):
    with pytest.raises(BadSettings, match="DATABASE_URL must be a URL such as") as refused:
        load({"FIELDSCORE_HOME": str(tmp_path), "DATABASE_URL": url})
    assert url not in str(refused.value)
