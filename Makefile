# The front door. Every target works without a terminal, says little and does nothing twice.

.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

BUNDLE := cargo run --quiet --profile tools --package bundle --
WASM := target/wasm/wasm32-unknown-unknown

# Builds take the queries' description from .sqlx; whoever changes queries sets SQLX_OFFLINE=false and DATABASE_URL (.ci/devdb).
export SQLX_OFFLINE ?= true

.PHONY: help web web-dev sqlx

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

web: web/node_modules/.package-lock.json ## Build the single-page app as users get it
	@web/compile web
	@$(BUNDLE) $(WASM)/web/web.wasm web web/dist

web-dev: ## Build it quickly, to iterate: not optimised, not compressed
	@web/compile web-dev
	@$(BUNDLE) --fast $(WASM)/web-dev/web.wasm web web/dist

sqlx: ## Describe all queries anew, for builds without a database
	@.ci/sqlx

web/node_modules/.package-lock.json: web/package-lock.json
	@npm ci --silent --no-fund --no-audit --prefix web
	@touch $@
