# Every verb of the project; `make help` lists them.
SHELL := /bin/bash
PYTHON := .venv/bin/python
WORKSPACE ?= workspace
# Of `make image`: an engine with Docker's command line, and the name to push it under.
ENGINE ?= docker
REVISION := $(shell git describe --always --dirty 2>/dev/null)
IMAGE ?= quickdraw:$(REVISION)
SOURCES := pipeline components schema serving tests benchmarks

.DEFAULT_GOAL := help
.PHONY: help env demo test test-exhaustive test-kubeflow lint format image lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "%-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

env: .venv/.synced ## make .venv/ (Python 3.10, locked packages); .venv/bin/quickdraw is the command

.kfp-spec/.synced: requirements/kfp-spec.lock requirements/kfp_spec.sh
	requirements/kfp_spec.sh

.venv/.synced: requirements/dev.lock requirements/bootstrap.lock requirements/bootstrap.sh pyproject.toml
	requirements/bootstrap.sh

demo: env ## from nothing to a served prediction: doodles, pipeline, server, one gRPC and one REST answer
	./demo.sh $(WORKSPACE)

test: env lint .kfp-spec/.synced ## lint, types and the fast tests
	$(PYTHON) -m pytest -m "not exhaustive" --numprocesses 2 --dist loadfile --no-loadscope-reorder

test-exhaustive: env .kfp-spec/.synced ## every test, the long ones too
	$(PYTHON) -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder

test-kubeflow: env .kfp-spec/.synced ## compile for Kubeflow and run the graph three times as KFP would; tasks with times (minutes)
	$(PYTHON) -m pytest tests/pipeline/kubeflow tests/kubeflow

lint: env ## ruff and mypy, as pre-commit runs them
	.venv/bin/ruff format --check --quiet .
	.venv/bin/ruff check --quiet .
	.venv/bin/mypy --no-error-summary

format: env ## let ruff rewrite what it can
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

image: ## the container image of every node on Kubeflow; IMAGE=registry/name:tag ENGINE=docker|podman
	$(ENGINE) build --tag $(IMAGE) --build-arg REVISION=$(REVISION) .

lock: ## resolve requirements/*.lock anew from pyproject.toml
	requirements/lock.sh

clean: ## remove the environment, installed tools and caches, never a workspace
	rm -rf .venv .uv .kfp-spec .tools .pytest_cache .ruff_cache .mypy_cache .hypothesis *.egg-info
