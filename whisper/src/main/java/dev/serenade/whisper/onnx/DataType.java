package dev.serenade.whisper.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;

/** The element types that our graphs use. */
public enum DataType {
  /** 32-bit floating point. */
  FLOAT(TensorProto.DataType.FLOAT),
  /** 16-bit floating point, in which weights may be stored. */
  FLOAT16(TensorProto.DataType.FLOAT16),
  /** 64-bit signed integer. */
  INT64(TensorProto.DataType.INT64),
  /** True or false. */
  BOOL(TensorProto.DataType.BOOL);

  private final TensorProto.DataType proto;

  DataType(TensorProto.DataType proto) {
    this.proto = proto;
  }

  int onnxCode() {
    return proto.getNumber();
  }
}
