#!/usr/bin/env bash
# Puts the jars of a Flink cluster and of Beam's job server into .flink/ at the top of the repository, which git ignores.
#
# Usage: pipeline/flink/jars/install.sh          get what is missing, check every jar, build the launcher
#        pipeline/flink/jars/install.sh --lock   resolve pom.xml anew and write checksums.sha256
#
# Needs a JDK (11 or 17) and Maven; on Debian: apt-get install default-jdk-headless maven
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
target=$(cd "$here/../../.." && pwd)/.flink

fail() {
  echo "flink-jars: $1" >&2
  exit 2
}
for program in javac jar mvn; do
  command -v "$program" >/dev/null || fail "$program is missing; install a JDK and Maven (Debian: apt-get install default-jdk-headless maven)."
done

unfinished=$target/unfinished
rm -rf "$unfinished"
mkdir -p "$unfinished"
trap 'rm -rf "$unfinished"' EXIT

get_jars() {
  echo "flink-jars: Maven gets about 140 jars, 160 MB ..."
  # Only Maven knows where it gets them from; its own log is for when it fails.
  mvn -B -q -f "$here/pom.xml" dependency:copy-dependencies -DincludeScope=runtime \
    -DoutputDirectory="$unfinished/lib" >"$unfinished/maven.log" 2>&1 ||
    { tail -n 20 "$unfinished/maven.log" >&2; fail "Maven cannot get the jars (above)."; }
}

matches() { # matches FOLDER: it has the jars of checksums.sha256, all of them, unchanged, and no other
  [ -d "$1" ] && [ "$(find "$1" -name '*.jar' | wc -l)" = "$(wc -l <"$here/checksums.sha256")" ] &&
    (cd "$1" && sha256sum --check --quiet --strict "$here/checksums.sha256")
}

build_launcher() {
  # --release 11: it runs on every Java that Flink 1.16 runs on.
  javac --release 11 -cp "$target/lib/*" -d "$unfinished/classes" "$here/launcher/JobServer.java"
  {
    echo "Main-Class: JobServer"
    echo "Add-Opens: java.base/java.lang java.base/java.util java.base/java.nio java.base/sun.nio.ch"
    # A line of a manifest has at most 72 bytes; the next one goes on behind a space.
    echo "Class-Path: $(cd "$target" && ls lib/*.jar | tr '\n' ' ')" | fold -b -w 71 | sed '2,$s/^/ /'
  } >"$unfinished/manifest"
  jar --create --file "$unfinished/job-server.jar" --manifest "$unfinished/manifest" -C "$unfinished/classes" .
  mv "$unfinished/job-server.jar" "$target/job-server.jar"
}

if [ "${1:-}" = --lock ]; then
  get_jars
  (cd "$unfinished/lib" && sha256sum -- *.jar | LC_ALL=C sort -k2) >"$here/checksums.sha256"
elif ! matches "$target/lib" 2>/dev/null; then
  get_jars
  matches "$unfinished/lib" || fail "what Maven got is not what checksums.sha256 pins; nothing is used of it."
fi
if [ -d "$unfinished/lib" ]; then
  rm -rf "$target/lib"
  mv "$unfinished/lib" "$target/lib"
fi
build_launcher
touch "$target/.synced"
echo "flink-jars: ready, $(wc -l <"$here/checksums.sha256") jars in .flink/lib"
