#!/bin/sh
# Accuracy against time: trains models of blocks 1 to 4 of an encoder without some of the speakers, and runs them in every cheaper way on those.
#
#   docs/results/speed-accuracy.sh CORPORA ENCODER OUT
#
# EMO-DB in 5 folds of speakers, EMOVO in 6, RAVDESS in 4. What is finished is not done again. OUT then holds speed-accuracy.md and .svg.
set -eu

if [ $# -ne 3 ]; then
  echo "usage: $0 CORPORA ENCODER OUT" >&2
  exit 2
fi
corpora=$(cd "$1" && pwd -P) encoder=$2 out=$3
home=$(cd "$(dirname "$0")/../.." && pwd -P)
mkdir -p "$out/folds"

for corpus in emodb:5 emovo:6 ravdess:4; do
  name=${corpus%:*} folds=${corpus#*:}
  fold=0
  while [ $fold -lt "$folds" ]; do
    for part in train test; do
      # Speakers in the order of their names, every FOLDSth into the test part.
      awk -F, -v folder="$corpora/$name/" -v fold=$fold -v folds="$folds" -v part=$part '
        NR == FNR { if (FNR > 1) seen[$2] = 1; next }
        FNR == 1 {
          count = 0
          for (one in seen) names[count++] = one
          for (i = 0; i < count; i++) for (j = i + 1; j < count; j++) if (names[j] < names[i]) { t = names[i]; names[i] = names[j]; names[j] = t }
          for (i = 0; i < count; i++) place[names[i]] = i % folds
          print; next
        }
        (place[$2] == fold) == (part == "test") { print folder $0 }
      ' "$corpora/$name/manifest.csv" "$corpora/$name/manifest.csv" >"$out/folds/$name-$fold-$part.csv"
    done
    for layer in 1 2 3 4; do
      model=$out/folds/$name-$fold-layer$layer.serenade
      [ -f "$model" ] || "$home/serenade" train --manifest "$out/folds/$name-$fold-train.csv" --encoder "$encoder" --layer $layer \
        --pooling qkv --epochs 12 --label-smoothing 0.1 --frame-share 0.25 --seed 1 --out "$model"
    done
    fold=$((fold + 1))
  done
done

(cd "$home" && mvn -q -B -DskipTests -pl benchmark -am package)
java -cp "$home/benchmark/target/*:$home/benchmark/target/lib/*" dev.serenade.benchmark.SpeedAgainstAccuracy "$out/folds" "$out"
