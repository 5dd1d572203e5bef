"""Measures the table of docs/export.md: what each variant of an exported model weighs, how far it is from `serenade predict`, and how fast it is.

    python3 docs/results/export.py ../shared/corpora --clips 200

Needs onnxruntime and numpy, and ffmpeg to read clips. Clips are drawn evenly from all *.flac and *.wav below the folder. Speed: processor
time of one thread for a clip of 3 s, the best of 30 runs, so that other programs disturb little.
"""

import argparse
import json
import pathlib
import subprocess
import tempfile
import time

import numpy
import onnxruntime

ROOT = pathlib.Path(__file__).resolve().parents[2]
SERENADE = str(ROOT / "serenade")


def samples(file):
    command = ["ffmpeg", "-v", "error", "-i", str(file), "-ar", "16000", "-ac", "1", "-f", "s16le", "-"]
    raw = subprocess.run(command, check=True, capture_output=True).stdout
    return numpy.frombuffer(raw, "<i2").astype("float32")[None] / 32768


def predicted(clips):
    command = [SERENADE, "predict", "--format", "json", *map(str, clips)]
    return [element["scores"] for element in json.loads(subprocess.run(command, check=True, capture_output=True).stdout)]


def milliseconds(session):
    clip = numpy.random.default_rng(1).normal(0, 0.05, (1, 48000)).astype("float32")
    best = float("inf")
    for _ in range(30):
        start = time.process_time()
        session.run(["probabilities"], {"waveform": clip})
        best = min(best, time.process_time() - start)
    return 1000 * best


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("corpora", type=pathlib.Path)
    parser.add_argument("--clips", type=int, default=200)
    arguments = parser.parse_args()
    found = sorted(file for file in arguments.corpora.rglob("*") if file.suffix in (".flac", ".wav"))
    clips = [found[i * len(found) // arguments.clips] for i in range(arguments.clips)]
    waveforms = [samples(clip) for clip in clips]
    scores = predicted(clips)
    print("| operators | precision | MB | worst difference | mean difference | same emotion | ms |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        for operators in ("fused", "standard"):
            for precision in ("fp32", "fp16", "int8"):
                file = pathlib.Path(folder, f"{operators}-{precision}.onnx")
                option = ["--standard-ops"] if operators == "standard" else []
                subprocess.run([SERENADE, "export", "--onnx", str(file), "--precision", precision, *option], check=True, capture_output=True)
                options = onnxruntime.SessionOptions()
                options.log_severity_level = 3
                options.intra_op_num_threads = 1
                session = onnxruntime.InferenceSession(str(file), options)
                labels = json.loads(session.get_modelmeta().custom_metadata_map["labels"])
                ours = numpy.array([[score[label] for label in labels] for score in scores])
                theirs = numpy.concatenate([session.run(["probabilities"], {"waveform": waveform})[0] for waveform in waveforms])
                difference = numpy.abs(ours - theirs)
                same = (ours.argmax(1) == theirs.argmax(1)).sum()
                print(
                    f"| {operators} | {precision} | {file.stat().st_size / 1e6:.1f} | {difference.max():.1e} | {difference.mean():.1e} "
                    f"| {same} of {len(clips)} | {milliseconds(session):.0f} |",
                    flush=True,
                )


main()
