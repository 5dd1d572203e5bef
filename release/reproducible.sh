#!/usr/bin/env bash
# Builds this commit twice, in two folders, and says whether the jars are the same to the bit: release/reproducible.sh
set -euo pipefail
home=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

jars() { # the checksum of each jar that is published, by its path
  (cd "$1" && find . -path '*/target/*.jar' ! -path './cli/target/serenade/*' ! -path '*/benchmark/*' -print0 | sort -z | xargs -0 sha256sum)
}

for build in first second; do
  git -C "$home" archive --prefix="$build/" HEAD | tar -x -C "$work"
  (cd "$work/$build" && mvn -B -ntp -q -Prelease -Dmaven.test.skip=true package)
  jars "$work/$build" >"$work/$build.sums"
done

if diff "$work/first.sums" "$work/second.sums"; then
  echo "reproducible: $(wc -l <"$work/first.sums") jars are the same in both builds"
else
  echo "not reproducible: the jars above differ" >&2
  exit 1
fi
