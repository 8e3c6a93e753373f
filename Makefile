# The front door. `make run` and `make test` need Python 3.11+ and make, and nothing else:
# each makes the .venv it needs from requirements.lock, and again only when the lock changed.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
AUDIT  := $(VENV)/audit
PEERS  := $(VENV)/peers/.ready

.DEFAULT_GOAL := help
.PHONY: help run test bench screening check audit kill-storm announcing format lock clean

help:            ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

run: $(READY)    ## open three phones on a house of your own, on this machine
	@exec $(BIN)/hearth sandbox

test: $(READY)   ## every test
	$(BIN)/python -m pytest -n auto

bench: $(READY) $(PEERS) ## how fast it is, beside its peers (an hour, on a machine with nothing else to do)
	$(BIN)/python -m tests.benchmarks

screening: $(READY) ## what the net under free text catches, by case type, and what it lets pass
	$(BIN)/python -m tests.screening

drill: $(READY)  ## a simulated month of calls for help, in thirty houses where much goes wrong (some minutes)
	$(BIN)/python -m tests.simulations.drill

check: $(READY)  ## what CI runs before the tests: style, types, imports, content
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m dialogs check

audit: $(READY)  ## look up known weaknesses of the libraries we pin (asks the network; CI does not)
	@test -x $(AUDIT)/bin/pip-audit || { $(PYTHON) -m venv $(AUDIT) && \
	  $(AUDIT)/bin/python -m pip install --quiet --disable-pip-version-check 'pip-audit>=2.9,<3'; }
	$(AUDIT)/bin/pip-audit --strict --require-hashes --disable-pip -r requirements.lock

kill-storm: $(READY) $(PEERS) ## kill the bot, and then its peers, a hundred times while people talk with it (half an hour)
	$(BIN)/python -m tests.reliability.storm --kills 100 --people 200
	$(BIN)/python -m tests.reliability.peer_storm --kills 100 --people 200

announcing: $(READY) ## announce to ten thousand while Telegram fails and the bot dies, and count (some minutes)
	$(BIN)/python -m tests.reliability.announcing --people 10000

format: $(READY) ## put the code in its usual shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock:            ## write requirements.lock anew (needs uv)
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header -o requirements.lock
	uv pip compile tests/benchmarks/peers/requirements.in --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header -o tests/benchmarks/peers/requirements.txt

clean:           ## remove what was set up (your house's data stays)
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Hearth needs Python 3.11 or newer: try make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@echo "Setting Hearth up in $(VENV) (once, a minute or two) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

# aiogram wants an older pydantic than Hearth has: the bots that Hearth is measured against live apart.
$(PEERS): tests/benchmarks/peers/requirements.txt | $(READY)
	@test -x $(VENV)/peers/bin/python || $(BIN)/python -m venv $(VENV)/peers
	@$(VENV)/peers/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@
