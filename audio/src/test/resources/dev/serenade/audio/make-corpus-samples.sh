#!/bin/sh
# Writes corpus-samples.csv. Usage: make-corpus-samples.sh CORPORA, the folder of emodb, emovo, ravdess.
set -eu
cd "$(dirname "$0")"
version=$(ffmpeg -version | head -n 1 | cut -d ' ' -f 3)
{
  echo "# SHA-256 of the samples as 16 bit little endian, by make-corpus-samples.sh, FFmpeg $version"
  for corpus in emodb emovo ravdess; do
    (cd "$1" && find "$corpus" -name '*.flac' | sort | sed -n '1p;50p;200p')
  done | while read -r path; do
    samples=$(mktemp)
    ffmpeg -v error -nostdin -y -i "$1/$path" -f s16le "$samples"
    echo "$path,$(($(stat -c %s "$samples") / 2)),$(sha256sum "$samples" | cut -d ' ' -f 1)"
    rm "$samples"
  done
} > corpus-samples.csv
