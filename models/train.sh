#!/bin/sh
# Trains the default model anew and puts it where the build takes it from.
# Needs the corpora and the encoder: models/train.sh CORPORA ENCODER, such as ../shared/corpora ../shared/models/whisper-base
set -eu
corpora=$1
encoder=$2
here=$(cd "$(dirname "$0")" && pwd -P)
model=$(mktemp -d)/default.serenade

. "$here/recipe.sh"

recipe train --calibration-folds 4 \
  --licence "EMO-DB (Burkhardt et al. 2005): CC0." \
  --licence "EMOVO (Costantini et al. 2014): free for research." \
  --licence "RAVDESS (Livingstone and Russo 2018): CC BY-NC-SA 4.0." \
  --out "$model"

mkdir -p "$here/src/main/model"
unzip -qoDD "$model" -d "$here/src/main/model"
rm "$model"
