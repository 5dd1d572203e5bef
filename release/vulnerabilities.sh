#!/usr/bin/env bash
# Compares all libraries with a copy of the national vulnerability database, without a network: release/vulnerabilities.sh FOLDER
# The copy is made where there is one, and brought here: mvn -N dependency-check:update-only -DdataDirectory=FOLDER
set -euo pipefail
data=${1:?usage: release/vulnerabilities.sh FOLDER (a copy of the database)}
if [ ! -e "$data/odc.mv.db" ]; then
  echo "$data: expected a copy of the vulnerability database, found no odc.mv.db; make one with a network:" >&2
  echo "  mvn -N dependency-check:update-only -DdataDirectory=$data" >&2
  exit 3
fi
cd "$(dirname "$0")/.."
mvn -B -ntp dependency-check:aggregate -DautoUpdate=false -DdataDirectory="$data" -DskipTestScope=true \
  -DfailBuildOnCVSS=7 -DsuppressionFile=release/suppressed-vulnerabilities.xml -Dformats=HTML,JSON
echo "no library with a known vulnerability of 7 or more: target/dependency-check-report.html"
