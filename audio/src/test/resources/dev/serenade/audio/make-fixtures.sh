#!/bin/sh
# Makes the recordings in this folder. Needs sox and ffmpeg with libmp3lame, libvorbis and libopus.
# Each holds one second of a 440 Hz sine of amplitude 0.5, the sweeps 12 s that rise from 300 Hz to
# 3300 Hz, so that each moment is known by its sound; silent.mp4 has no audio.
set -eu
cd "$(dirname "$0")"
tone=$(mktemp --suffix .wav)
trap 'rm -f "$tone"' EXIT
tone() { sox -R -n -r "$1" -c "$2" -b 16 "$tone" synth 1 sine 440 vol 0.5; }
encode() { ffmpeg -v error -y -i "$tone" -bitexact "$@"; }

tone 8000 1
encode -c:a flac tone.flac
encode -c:a alac alac.m4a
encode -c:a adpcm_ima_wav adpcm.wav
encode -c:a pcm_alaw alaw.wav
encode -c:a pcm_s16be tone.aiff
encode -c:a pcm_mulaw tone.au
encode -c:a pcm_s16le tone.caf
encode -c:a pcm_s16le tone.w64
tone 44100 1
encode -c:a libmp3lame -q:a 6 vbr.mp3
encode -c:a libmp3lame -b:a 64k -write_xing 0 cbr.mp3
encode -c:a libvorbis -q:a 2 tone.ogg
encode -c:a aac -b:a 64k tone.m4a
encode -c:a aac -b:a 64k -movflags +faststart faststart.m4a
encode -c:a aac -b:a 64k tone.aac
encode -c:a aac -b:a 48k tone.mkv
tone 48000 2
encode -c:a libopus -b:a 48k tone.opus
encode -c:a libopus -b:a 48k tone.webm
ffmpeg -v error -y -i "$tone" -f lavfi -i testsrc=size=64x48:rate=5:duration=1 -bitexact \
  -c:a aac -b:a 48k -c:v mpeg4 video.mp4
ffmpeg -v error -y -i "$tone" -f lavfi -i testsrc=size=64x48:rate=5:duration=1 -bitexact \
  -c:a libmp3lame -b:a 48k -c:v mpeg4 video.avi
ffmpeg -v error -y -f lavfi -i testsrc=size=64x48:rate=5:duration=1 -bitexact -c:v mpeg4 silent.mp4

sox -R -n -r 16000 -c 1 -b 16 "$tone" synth 12 sine 300:3300 vol 0.5
encode -c:a flac sweep.flac
encode -c:a libmp3lame -b:a 24k sweep.mp3
encode -c:a libmp3lame -b:a 24k -write_xing 0 sweep-plain.mp3
encode -c:a libvorbis -b:a 24k sweep.ogg
encode -c:a libopus -b:a 16k -page_duration 500000 sweep.opus
encode -c:a aac -b:a 24k -movflags +faststart sweep.m4a
encode -c:a aac -b:a 24k sweep.aac
encode -c:a libopus -b:a 16k -cluster_time_limit 1000 sweep.webm
