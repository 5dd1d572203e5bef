package dev.serenade.whisper.onnx;

import ai.onnx.proto.OnnxMl;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import dev.serenade.whisper.tensor.StoredTensor;

/** How weights, inputs and outputs are declared in the message that describes a graph. */
final class Declarations {

  private Declarations() {}

  /** A tensor with its values inside the message. */
  static TensorProto.Builder withValues(String name, StoredTensor tensor) {
    return tensor(name, tensor).setRawData(ByteString.copyFrom(tensor.bytes()));
  }

  /** What a weight is called and how it is stored, without its values. */
  static TensorProto.Builder tensor(String name, StoredTensor tensor) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(type(tensor).onnxCode())
        .addAllDims(tensor.shape());
  }

  /** The element type that a weight is stored in. */
  static DataType type(StoredTensor tensor) {
    return switch (tensor.type()) {
      case F32 -> DataType.FLOAT;
      case F16 -> DataType.FLOAT16;
      case I8 -> DataType.INT8;
      default -> throw new IllegalStateException("weights are not kept as " + tensor.type());
    };
  }

  /** What comes in or goes out; dimensions are names of what may vary, or numbers. */
  static OnnxMl.ValueInfoProto value(String name, DataType type, String... dimensions) {
    OnnxMl.TensorShapeProto.Builder shape = OnnxMl.TensorShapeProto.newBuilder();
    for (String dimension : dimensions) {
      OnnxMl.TensorShapeProto.Dimension.Builder entry = shape.addDimBuilder();
      if (dimension.chars().allMatch(Character::isDigit)) {
        entry.setDimValue(Long.parseLong(dimension));
      } else {
        entry.setDimParam(dimension);
      }
    }
    return OnnxMl.ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            OnnxMl.TypeProto.newBuilder()
                .setTensorType(
                    OnnxMl.TypeProto.Tensor.newBuilder()
                        .setElemType(type.onnxCode())
                        .setShape(shape)))
        .build();
  }
}
