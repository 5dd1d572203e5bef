"""The emotion of a WAV file: python3 predict.py emotion.onnx clip.wav (16 kHz, 16 bits, mono)."""
import json, sys, wave
import numpy, onnxruntime

session = onnxruntime.InferenceSession(sys.argv[1])
with wave.open(sys.argv[2]) as clip:
    assert (clip.getframerate(), clip.getsampwidth(), clip.getnchannels()) == (16000, 2, 1), "expected 16 kHz, 16 bits, mono"
    samples = numpy.frombuffer(clip.readframes(clip.getnframes()), "<i2").astype("float32") / 32768
probabilities = session.run(["probabilities"], {"waveform": samples[None]})[0][0]
labels = json.loads(session.get_modelmeta().custom_metadata_map["labels"])
print(json.dumps(dict(zip(labels, probabilities.tolist()))))
