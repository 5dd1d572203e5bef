"""Writes ggml_blocks.csv: quantised blocks and their values, by the gguf package, another implementation of ggml's types.

    pip install gguf==0.19.0 && python make_ggml_blocks.py > ggml_blocks.csv
"""

import numpy
from gguf import GGMLQuantizationType, quants

rows = numpy.random.default_rng(1).normal(size=(1, 64)).astype(numpy.float32)
print("# gguf 0.19.0, make_ggml_blocks.py: type, bytes of two blocks in hexadecimal, their 64 values")
for name in ("Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0"):
    blocks = quants.quantize(rows, GGMLQuantizationType[name])
    values = quants.dequantize(blocks, GGMLQuantizationType[name])
    print(name, blocks.tobytes().hex(), " ".join(repr(float(value)) for value in values.ravel()), sep=",")
