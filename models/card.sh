#!/bin/sh
# Writes MODEL_CARD.md of the default model anew: cross-validates its recipe, with the settings of train.sh, and puts the card together.
# Needs the corpora and the encoder: models/card.sh CORPORA ENCODER [STRESS], where STRESS is the folder of a report of serenade stress.
set -eu
corpora=$1
encoder=$2
stress=${3:-}
here=$(cd "$(dirname "$0")" && pwd -P)
report=$(mktemp -d)

"$here/../serenade" evaluate \
  --manifest "$corpora/emodb/manifest.csv" \
  --manifest "$corpora/emovo/manifest.csv" \
  --manifest "$corpora/ravdess/manifest.csv" \
  --labels "$here/labels.yaml" --emotions angry,happy,neutral,sad \
  --encoder "$encoder" --layer 3 --pooling qkv --epochs 12 --label-smoothing 0.1 --frame-share 0.25 --seed 1 \
  --augment telephone+noise:30 --augment babble:15 --augment tilt:0.8 --augment tilt:-0.8+noise:20 \
  --protocol speaker-folds:5 --report "$report"

"$here/../serenade" models card --model default --evaluation "$report" \
  --manifest "$corpora/emodb/manifest.csv" \
  --manifest "$corpora/emovo/manifest.csv" \
  --manifest "$corpora/ravdess/manifest.csv" \
  ${stress:+--stress "$stress"} \
  --output "$here/MODEL_CARD.md"
