#!/usr/bin/env bash
# Makes .venv/ with Python 3.10 and exactly the packages of requirements/dev.lock.
#
# Usage: requirements/bootstrap.sh            make or refresh .venv/ and .uv/
#        requirements/bootstrap.sh --find     print the Python 3.10 that would be used ("3.10" = uv downloads one)
#        requirements/bootstrap.sh --uv       make .uv/ only (what `make lock` needs)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

fail() {
  echo "bootstrap: $1" >&2
  exit 2
}

# A pyenv shim is on PATH and fails when called, so what counts is an interpreter that runs and says what it is.
runs_as() { # runs_as COMMAND MINOR_PATTERN
  local said
  said=$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || return 1
  [[ $said =~ ^3\.($2)$ ]]
}

python_candidates() { # python_candidates NAME VERSION_GLOB
  local candidate
  type -ap "$1" || true
  for candidate in "${PYENV_ROOT:-$HOME/.pyenv}"/versions/$2/bin/python; do
    [ -x "$candidate" ] && echo "$candidate"
  done
  return 0
}

find_python() { # find_python VERSION_GLOB MINOR_PATTERN NAME...
  local glob=$1 minor=$2 name candidate
  shift 2
  for name in "$@"; do
    while IFS= read -r candidate; do
      if runs_as "$candidate" "$minor"; then
        echo "$candidate"
        return 0
      fi
    done < <(python_candidates "$name" "$glob")
  done
  return 1
}

find_python_310() { find_python '3.10*' '10' python3.10 python3 python; }

find_any_python() { find_python '3.*' '[89]|1[0-9]' python3 python; }

make_uv() {
  local python
  if [ .uv/.synced -nt requirements/bootstrap.lock ]; then return; fi
  python=$(find_any_python) || fail "no Python 3 runs here; install Python 3.10 (Debian: python3, python3-venv) and call make again."
  echo "bootstrap: uv into .uv/ with $python"
  rm -rf .uv
  "$python" -m venv .uv || fail "'$python -m venv' does not work; install that Python's venv module (Debian: python3-venv) and call make again."
  .uv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.lock ||
    fail "pip could not install uv; see its message above (network, proxy or certificate)."
  touch .uv/.synced
}

make_venv() {
  local python
  python=$(find_python_310) || {
    python=3.10
    echo "bootstrap: no running Python 3.10 found, asking uv to download one"
  }
  echo "bootstrap: .venv/ with Python $python"
  .uv/bin/uv venv --quiet --clear --python "$python" .venv ||
    fail "Python 3.10 is missing and uv could not download one; install Python 3.10 (for example 'pyenv install 3.10') and call make again."
  .uv/bin/uv pip sync --quiet --python .venv/bin/python --require-hashes requirements/dev.lock ||
    fail "uv could not install requirements/dev.lock; see its message above (network, proxy, certificate or disk space)."
  .uv/bin/uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation --editable . ||
    fail "the project itself could not be installed into .venv/; see uv's message above."
  touch .venv/.synced
  echo "bootstrap: ready, the command is .venv/bin/quickdraw"
}

case "${1:-}" in
  --find) find_python_310 || echo 3.10 ;;
  --uv) make_uv ;;
  "") make_uv && make_venv ;;
  *) fail "unknown option '$1'; see the head of requirements/bootstrap.sh." ;;
esac
