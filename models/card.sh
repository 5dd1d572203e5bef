#!/bin/sh
# Writes MODEL_CARD.md of the default model anew: cross-validates its recipe, by recipe.sh as train.sh does, and puts the card together.
# Needs the corpora and the encoder: models/card.sh CORPORA ENCODER [STRESS], where STRESS is the folder of a report of serenade stress.
set -eu
corpora=$1
encoder=$2
stress=${3:-}
here=$(cd "$(dirname "$0")" && pwd -P)
report=$(mktemp -d)

. "$here/recipe.sh"

recipe evaluate --protocol speaker-folds:5 --report "$report"

"$here/../serenade" models card --model default --evaluation "$report" \
  --manifest "$corpora/emodb/manifest.csv" \
  --manifest "$corpora/emovo/manifest.csv" \
  --manifest "$corpora/ravdess/manifest.csv" \
  ${stress:+--stress "$stress"} \
  --output "$here/MODEL_CARD.md"
