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
.PHONY: help env demo test test-exhaustive test-kubeflow flink-jars test-flink test-flink-short lint format image lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "%-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

env: .venv/.synced ## make .venv/ (Python 3.10, locked packages); .venv/bin/quickdraw is the command

flink-jars: .flink/.synced ## get the pinned jars of Flink and of Beam's job server into .flink/ (needs a JDK and Maven)

.flink/.synced: pipeline/flink/jars/pom.xml pipeline/flink/jars/checksums.sha256 pipeline/flink/jars/launcher/JobServer.java
	pipeline/flink/jars/install.sh

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

test-flink: env flink-jars ## the pipeline on a real Flink cluster over two hosts, and all that can be lost there (minutes)
	QUICKDRAW_FLINK_TESTS=required $(PYTHON) -m pytest tests/flink --durations 20

test-flink-short: env flink-jars ## of it: a cluster, ingest and Transform on both hosts, one of them killed
	QUICKDRAW_FLINK_TESTS=required $(PYTHON) -m pytest tests/flink/test_ingest_and_transform.py

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
	rm -rf .venv .uv .kfp-spec .tools .flink .pytest_cache .ruff_cache .mypy_cache .hypothesis *.egg-info
