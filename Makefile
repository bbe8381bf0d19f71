# Everything starts here. `make help` lists the targets; each one sets up what it needs.
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help setup setup-demo setup-dev setup-bench demo test quick lint types fmt fix quality bench screenshots lock clean

PORT ?= 8000
FRESH ?=
BIN := .venv/bin
YES := $(filter-out 0 no,$(FRESH))
export PYTHON

help: ## this list
	@awk -F ':.*## ' '/^[a-z -]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo "  make demo PORT=8080   at another port        make demo FRESH=1   anew (the old data is put aside)"
	@echo "  make setup PYTHON=/path/to/python3.12        with this Python instead of the first one found"

setup: ## leave .venv/bin/duijie ready to use (needs Python 3.11+ and, once, the network)
	@sh .ci/setup requirements.lock

setup-demo: setup
	@sh .ci/setup requirements.lock requirements-pdf.lock

setup-dev: setup
	@sh .ci/setup requirements.lock requirements-dev.lock

setup-bench: setup-dev
	@sh .ci/setup requirements.lock requirements-dev.lock requirements-bench.lock

demo: setup-demo ## the portal with a seeded district, at http://127.0.0.1:8000
	@exec $(BIN)/duijie demo --port $(PORT) $(if $(YES),--fresh)

test: setup-dev ## everything: lint, types, imports, and all tests on SQLite, PostgreSQL and in Chromium
	@exec $(BIN)/python -m tests.run

quick: setup-dev ## the tests without the browser, on SQLite
	@exec $(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not story"

lint: setup-dev ## style of the code, the templates and the imports
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/djlint --quiet --lint web/templates

types: setup-dev ## types of matcher/ and models/
	@$(BIN)/mypy

fmt fix: setup-dev ## format the code and mend what ruff can mend
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

quality: setup-dev ## measure the matcher and print the figures of docs/matching.md
	@exec $(BIN)/python -m bench.quality

bench: setup-bench ## measure the matcher's speed beside its peers and write docs/performance.md
	@exec $(BIN)/python -m bench.speed

screenshots: setup-dev ## take the pictures of docs/images/ again, in Chromium, on a fresh demo
	@exec $(BIN)/python docs/screenshots.py

lock: setup-dev ## pin what pyproject.toml asks for, without any registry's address
	@$(BIN)/python -m pip install -q uv
	@sh .ci/lock

clean: ## remove caches and .venv; var/ (your data) stays
	rm -rf .venv build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +
