# The front door. Every target works without a terminal, says little and does nothing twice.

.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

BUNDLE := cargo run --quiet --profile tools --package bundle --
WASM := target/wasm/wasm32-unknown-unknown
NPM_CI := npm ci --loglevel=error --no-fund --no-audit --no-progress

# Builds take the queries' description from .sqlx. Who changes queries sets SQLX_OFFLINE=false and DATABASE_URL (.ci/devdb).
export SQLX_OFFLINE ?= true

.PHONY: help run sizes test test-release check bench audit web web-dev screenshots openapi env sqlx clean packages

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

run: packages web ## Bring up the product at http://localhost:8080
	@echo "Building the server (the first time takes a few minutes) ..."
	@cargo run --quiet -- serve

test: check web tests/browser/node_modules/.package-lock.json ## Run every test
	@.ci/packages chromium
	@cargo test --quiet
	@cargo test --quiet --package web --package bundle
	@cd tests/browser && node --test --test-reporter=spec
	@tests/release/run

check: packages ## Check format, lints and everything generated
	@cargo fmt --all --check
	@cargo clippy --quiet --all-targets -- --deny warnings
	@cargo clippy --quiet --package web --package bundle --all-targets -- --deny warnings
	@cargo run --quiet -- openapi | diff openapi/openapi.json - >/dev/null || { echo "openapi/openapi.json is not what the routes say; run: make openapi" >&2; exit 1; }
	@.ci/sqlx check

bench: packages ## Measure: the slot engine, the list of slots, bookings
	@cargo bench --quiet --package domain --bench slots -- --warm-up-time 1 --measurement-time 2
	@cargo bench --quiet --package api --bench server

test-release: packages web ## Build what is shipped, in an empty folder, and start it as a normal user
	@tests/release/run

audit: packages web tests/audit/node_modules/.package-lock.json ## Let Lighthouse judge home, provider and picker
	@.ci/packages chromium
	@cargo build --quiet --release --package api
	@node tests/audit/audit.js

web: packages web/node_modules/.package-lock.json ## Build the single-page app as users get it
	@echo "Building the app (the first time takes a few minutes) ..."
	@web/compile web
	@echo "Making it small ..."
	@$(BUNDLE) $(WASM)/web web web/dist

sizes: web ## List what a first visit loads, wherever it begins
	@$(BUNDLE) --list $(WASM)/web web web/dist

web-dev: packages ## Build it quickly, to iterate: not optimised, not compressed
	@web/compile web-dev
	@$(BUNDLE) --fast $(WASM)/web-dev web web/dist

screenshots: packages web tests/browser/node_modules/.package-lock.json ## Take the README's pictures anew
	@.ci/packages chromium
	@cargo build --quiet --package api
	@cd tests/browser && node --test readme.test.js >/dev/null && node support/shrink.js

openapi: packages ## Write openapi/openapi.json anew
	@mkdir -p target openapi
	@cargo run --quiet -- openapi > target/openapi.json
	@mv target/openapi.json openapi/openapi.json

env: packages ## Write .env.example anew
	@mkdir -p target
	@cargo run --quiet -- env > target/env.example
	@mv target/env.example .env.example

sqlx: packages ## Describe all queries anew, for builds without a database
	@.ci/sqlx

clean: ## Remove what was built; data stays
	@cargo clean --quiet
	@rm -rf web/dist web/node_modules tests/browser/node_modules tests/audit/node_modules tests/artifacts

packages:
	@.ci/packages build postgresql node

%/node_modules/.package-lock.json: %/package-lock.json
	@$(NPM_CI) --prefix $* >/dev/null
	@touch $@
