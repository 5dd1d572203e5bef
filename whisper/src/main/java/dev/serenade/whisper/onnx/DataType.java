package dev.serenade.whisper.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OnnxJavaType;

/** The element types that our graphs use. */
public enum DataType {
  /** 32-bit floating point. */
  FLOAT(TensorProto.DataType.FLOAT, OnnxJavaType.FLOAT),
  /** 16-bit floating point, in which weights may be stored. */
  FLOAT16(TensorProto.DataType.FLOAT16, OnnxJavaType.FLOAT16),
  /** 8-bit signed integer, in which weights may be stored. */
  INT8(TensorProto.DataType.INT8, OnnxJavaType.INT8),
  /** 64-bit signed integer. */
  INT64(TensorProto.DataType.INT64, OnnxJavaType.INT64),
  /** True or false. */
  BOOL(TensorProto.DataType.BOOL, OnnxJavaType.BOOL);

  private final TensorProto.DataType proto;

  private final OnnxJavaType javaType;

  DataType(TensorProto.DataType proto, OnnxJavaType javaType) {
    this.proto = proto;
    this.javaType = javaType;
  }

  OnnxJavaType javaType() {
    return javaType;
  }

  int onnxCode() {
    return proto.getNumber();
  }
}
