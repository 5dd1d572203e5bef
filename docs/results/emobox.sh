#!/bin/sh
# EmoBox's table for whisper-tiny.en and whisper-base on EMO-DB, EMOVO and RAVDESS: EmoBox's own head, with the
# leakage gap, and ours (mean and qkv, the layer chosen on validation speakers). What is finished is not done again.
#
#   docs/results/emobox.sh CORPORA LISTS ENCODERS OUT
#
# CORPORA/NAME/manifest.csv names the clips, LISTS/NAME/fold_1 holds EmoBox's lists, ENCODERS/whisper-base the weights.
# Each run leaves its report in OUT/ENCODER/NAME/HEAD: report.html, results.json, tables.md; the gap is in leakage-gap/.
# WINDOW=padded hears what EmoBox hears, at ten times the cost of the encoder.
set -eu

if [ $# -ne 4 ]; then
  echo "usage: $0 CORPORA LISTS ENCODERS OUT" >&2
  exit 2
fi
corpora=$1 lists=$2 encoders=$3 out=$4
window=${WINDOW:-memory}
serenade=${SERENADE:-$(cd "$(dirname "$0")/../.." && pwd -P)/serenade}

for encoder in whisper-tiny.en whisper-base; do
  for corpus in emodb emovo ravdess; do
    folder=$out/$encoder/$corpus
    "$serenade" evaluate --manifest "$corpora/$corpus/manifest.csv" --encoder "$encoders/$encoder" \
      --protocol "emobox:$lists/$corpus" --report "$folder/emobox-head" \
      --preset emobox --window "$window" --leakage-gap
    "$serenade" evaluate --manifest "$corpora/$corpus/manifest.csv" --encoder "$encoders/$encoder" \
      --protocol "emobox:$lists/$corpus" --report "$folder/ours" \
      --poolings mean,qkv --layers all --frame-share 0.25 --window "$window"
  done
done
