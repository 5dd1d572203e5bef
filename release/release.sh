#!/usr/bin/env bash
# Makes a release of what is on main: release/release.sh 0.2.0
# Leaves a commit, a tag and files in target/release; pushes and publishes nothing. docs/releasing.md says what comes after.
set -euo pipefail
version=${1:?usage: release/release.sh VERSION}
cd "$(dirname "$0")/.."

fail() {
  echo "release: $1" >&2
  exit 2
}
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] || fail "expected a version such as 0.2.0, found $version"
[ -z "$(git status --porcelain)" ] || fail "expected a clean tree, found changes: $(git status --porcelain | head -3 | tr '\n' ' ')"
! git rev-parse -q --verify "refs/tags/v$version" >/dev/null || fail "the tag v$version is there already"
grep -q '^## Unreleased' CHANGELOG.md || fail "CHANGELOG.md: expected a section Unreleased"

set_version() { # in every pom, the list of versions, the guide and the README
  old=$(sed -n 's|^  <version>\(.*\)</version>|\1|p' pom.xml | head -1)
  git ls-files -- '*pom.xml' README.md docs/guide.md | xargs sed -i "s|<version>$old</version>|<version>$1</version>|; s|serenade-$old-|serenade-$1-|"
}

set_version "$version"
sed -i "s|^  *<project.build.outputTimestamp>.*|    <project.build.outputTimestamp>$(date -u +%Y-%m-%dT00:00:00Z)</project.build.outputTimestamp>|" pom.xml
sed -i "s|^## Unreleased|## Unreleased\n\n## $version ($(date -u +%Y-%m-%d))|" CHANGELOG.md
git commit -qam "Release $version"

if [ "${SERENADE_RELEASE_TESTS:-yes}" = yes ]; then
  mvn -B -ntp verify
fi
release/reproducible.sh
mvn -B -ntp -q -Prelease,dist -Dmaven.test.skip=true clean package

mkdir -p target/release
cp cli/target/serenade-"$version"-*.zip target/serenade-sbom.json target/generated-sources/license/THIRD-PARTY.txt target/release/
(cd target/release && sha256sum -- * >SHA256SUMS)
git tag -a "v$version" -m "Serenade $version"

next="${version%.*}.$((${version##*.} + 1))-SNAPSHOT"
set_version "$next"
git commit -qam "Begin $next"
echo "release: v$version is tagged, its files are in target/release; main goes on as $next"
