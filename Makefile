# Fieldscore: make run | phone | test | bench | audit | pictures. Needs Python 3.11 or newer and make.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
FLASK  := $(BIN)/flask --app app
PORT   ?= 8000
export PATH := $(CURDIR)/$(BIN):$(CURDIR)/$(VENV)/node:$(PATH)
export FIELDSCORE_SECOND_FACTOR ?= optional

.PHONY: run phone demo test test-fast test-postgresql test-browser check bench audit pictures texts soak clean

run: export FIELDSCORE_BASE_URL ?= http://127.0.0.1:$(PORT)
run: demo
	@$(FLASK) worker & WORKER=$$!; trap 'kill $$WORKER 2>/dev/null' EXIT INT TERM; $(FLASK) serve --port $(PORT)

phone: demo
	@$(FLASK) worker & WORKER=$$!; trap 'kill $$WORKER 2>/dev/null' EXIT INT TERM; $(FLASK) phone

demo: $(VENV)/ready
	@$(FLASK) init
	@$(FLASK) demo --if-empty

test: check test-fast test-postgresql test-browser

check: $(VENV)/ready-to-test
	$(BIN)/ruff check .

test-fast: $(VENV)/ready-to-test $(VENV)/strace
	node --test $$(find tests/js -name '*.test.mjs')
	$(BIN)/pytest -n 2 -m "not browser and not soak" --ignore=tests/browser

# The same tests on PostgreSQL; its server comes from PyPI. DATABASE names another one: postgresql://user@host/postgres.
test-postgresql: $(VENV)/ready-to-test
	FIELDSCORE_TEST_DATABASE=$(or $(DATABASE),postgresql) $(BIN)/pytest -n 2 -m "not browser and not soak" --ignore=tests/browser

# A real browser under load misses a moment now and then: what failed is tried once more, by itself.
test-browser: $(VENV)/ready-to-test $(VENV)/browser $(VENV)/firefox
	$(BIN)/pytest -n 2 --dist loadfile -m "browser and not soak" tests/browser || $(BIN)/pytest --last-failed -m "browser and not soak" tests/browser

bench: $(VENV)/ready-to-test $(VENV)/browser
	$(BIN)/python -m tests.bench

audit: $(VENV)/ready-to-test $(VENV)/browser
	$(BIN)/python -m tests.audit

pictures: $(VENV)/ready-to-test $(VENV)/browser
	$(BIN)/python -m tests.browser.screenshots

# Catalogues after a change of texts: new ones come in empty, and a test names them until they are translated.
texts: $(VENV)/ready-to-test
	$(BIN)/python -m tests.locale.texts

soak: $(VENV)/ready-to-test $(VENV)/browser $(VENV)/webkit $(VENV)/gateway $(VENV)/strace
	$(BIN)/pytest -m soak

$(VENV)/ready: requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/ready-to-test: $(VENV)/ready tests/requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	@mkdir -p $(VENV)/node
	@ln -sf "$$($(BIN)/python -c 'import playwright, pathlib; print(pathlib.Path(playwright.__file__).parent / "driver" / "node")')" $(VENV)/node/node
	@touch $@

# Chromium from the system's packages, where that is possible; without one the browser tests skip loudly.
$(VENV)/browser:
	@command -v chromium >/dev/null || [ -n "$$CHROME_PATH" ] || { command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] \
	  && apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-noto-core >/dev/null; } \
	  || echo "No Chromium here and no way to install one: the browser tests will skip."
	@touch $@

# Firefox and, for make soak, WebKitGTK in a frame without a screen; without them their tests skip loudly.
$(VENV)/firefox:
	@command -v firefox-esr >/dev/null || [ -n "$$FIREFOX_PATH" ] || { command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] \
	  && apt-get update -qq && apt-get install -y -qq --no-install-recommends firefox-esr >/dev/null; } \
	  || echo "No Firefox here and no way to install it: its test will skip."
	@touch $@

$(VENV)/webkit:
	@/usr/bin/python3 -c "import gi; gi.require_version('WebKit2', '4.1')" 2>/dev/null && command -v xvfb-run >/dev/null \
	  || { command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] && apt-get update -qq \
	  && apt-get install -y -qq --no-install-recommends xvfb xauth gir1.2-webkit2-4.1 python3-gi >/dev/null; } \
	  || echo "No WebKitGTK here and no way to install it: its test will skip."
	@touch $@

# strace, which shows that nothing is acknowledged before it is on the disk; without it those tests skip loudly.
$(VENV)/strace:
	@command -v strace >/dev/null || { command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] \
	  && apt-get update -qq && apt-get install -y -qq --no-install-recommends strace >/dev/null; } \
	  || echo "No strace here and no way to install it: the order of fsync and answer will not be checked."
	@touch $@

# Ceph's S3 gateway from Debian's packages, for the photo bucket; without it those tests skip loudly.
$(VENV)/gateway:
	@command -v radosgw >/dev/null || { command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] && apt-get update -qq \
	  && apt-get install -y -qq --no-install-recommends ceph-mon ceph-osd radosgw ceph-common >/dev/null; } \
	  || echo "No Ceph here and no way to install it: the tests against a real bucket will skip."
	@touch $@

clean:
	rm -rf $(VENV) var
