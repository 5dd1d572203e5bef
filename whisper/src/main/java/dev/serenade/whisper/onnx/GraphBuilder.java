package dev.serenade.whisper.onnx;

import ai.onnx.proto.OnnxMl;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import dev.serenade.whisper.tensor.ElementType;
import dev.serenade.whisper.tensor.FloatTensor;
import dev.serenade.whisper.tensor.QuantisedMatrix;
import dev.serenade.whisper.tensor.StoredTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Builds an ONNX graph node by node.
 *
 * <p>Methods named after an operator add one node and return its output. Operators without a method
 * go through {@link #node}. Not thread-safe.
 *
 * @see <a href="https://onnx.ai/onnx/operators/">ONNX operators</a>
 */
public final class GraphBuilder {

  /** Operators of ONNX Runtime's own that fuse several standard ones. */
  public static final String MICROSOFT = "com.microsoft";

  /** The version of the standard operator set. */
  static final int OPSET = 20;

  /** The version of the file format that goes with it. */
  static final int IR_VERSION = 9;

  private final OnnxMl.GraphProto.Builder graph;

  /** Where nodes go: the graph, or the branch that is being built. */
  private OnnxMl.GraphProto.Builder nodes;

  private final Map<String, StoredTensor> weights = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final Map<String, Integer> namesTaken = new HashMap<>();
  private final Map<List<Long>, GraphValue> integers = new HashMap<>();
  private final OperatorSet operators;

  /** Makes an empty graph of this name, for ONNX Runtime. */
  public GraphBuilder(String name) {
    this(name, OperatorSet.FUSED);
  }

  /**
   * Makes an empty graph of this name.
   *
   * @param operators which may be used; fused ones are added as several of the standard where they
   *     may not
   */
  public GraphBuilder(String name, OperatorSet operators) {
    this.operators = operators;
    graph = OnnxMl.GraphProto.newBuilder().setName(name);
    nodes = graph;
  }

  /**
   * Declares an input of the whole graph; dimensions are names of what may vary, or numbers.
   *
   * @throws IllegalArgumentException if the name is taken
   */
  public GraphValue input(String name, DataType type, String... dimensions) {
    claim(name);
    graph.addInput(Declarations.value(name, type, dimensions));
    return new GraphValue(name);
  }

  /**
   * Declares an input of 64-bit integers, of one dimension, that may be left out: it is empty then.
   *
   * @throws IllegalArgumentException if the name is taken
   */
  public GraphValue optionalIntegers(String name, String dimension) {
    GraphValue value = input(name, DataType.INT64, dimension);
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(DataType.INT64.onnxCode())
            .addDims(0)
            .setRawData(ByteString.EMPTY));
    return value;
  }

  /**
   * Gives a value to the outside under a name; dimensions as for inputs.
   *
   * @throws IllegalArgumentException if another value has that name
   */
  public void output(String name, GraphValue value, DataType type, String... dimensions) {
    if (!value.name().equals(name)) {
      claim(name);
      graph.addNode(
          OnnxMl.NodeProto.newBuilder()
              .setOpType("Identity")
              .setName("output/" + name)
              .addInput(value.name())
              .addOutput(name));
    }
    graph.addOutput(Declarations.value(name, type, dimensions));
  }

  /** Writes a line into the model's metadata. */
  public void metadata(String key, String value) {
    metadata.put(key, value);
  }

  /** Adds a weight, kept outside the protobuf message until the graph is written to a file. */
  public GraphValue weight(String name, FloatTensor tensor) {
    return stored(name, StoredTensor.of(tensor));
  }

  /**
   * Adds a weight as it is stored; its value is of 32-bit floats. Float16 is widened when the graph
   * is opened, by ONNX Runtime, which takes a tenth of the time that Java does.
   */
  public GraphValue weight(String name, StoredTensor tensor) {
    return weight(name, tensor, DataType.FLOAT);
  }

  /**
   * Adds a weight as it is stored.
   *
   * @param type of its value: 32 or 16-bit floats
   */
  public GraphValue weight(String name, StoredTensor tensor, DataType type) {
    StoredTensor known =
        tensor.type() == ElementType.F16 || tensor.type() == ElementType.F32
            ? tensor
            : StoredTensor.of(tensor.toFloats());
    GraphValue value = stored(name, known);
    return Declarations.type(known) == type ? value : cast(value, type);
  }

  /** ONNX Runtime reads weights where they lie, so the garbage collector may not move them. */
  private GraphValue stored(String name, StoredTensor tensor) {
    String unique = unique(name);
    weights.put(unique, tensor.outsideTheHeap());
    return new GraphValue(unique);
  }

  /** Adds a constant scalar. */
  public GraphValue scalar(float value) {
    return constant(FloatTensor.of(new float[] {value}));
  }

  /** Adds a small constant, kept inside the message so that it can be folded. */
  public GraphValue constant(FloatTensor tensor) {
    String name = unique("constant");
    graph.addInitializer(Declarations.withValues(name, StoredTensor.of(tensor)));
    return new GraphValue(name);
  }

  /** Adds a constant vector of 64-bit integers, as shapes and indices are given. */
  public GraphValue integers(long... values) {
    List<Long> key = new ArrayList<>();
    for (long value : values) {
      key.add(value);
    }
    return integers.computeIfAbsent(key, k -> integerConstant(values, values.length));
  }

  /** Adds a constant 64-bit integer of no dimensions. */
  public GraphValue integer(long value) {
    return integerConstant(new long[] {value});
  }

  private GraphValue integerConstant(long[] values, long... shape) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(values);
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(unique("integers"))
            .setDataType(DataType.INT64.onnxCode())
            .setRawData(ByteString.copyFrom(bytes));
    for (long dimension : shape) {
      tensor.addDims(dimension);
    }
    graph.addInitializer(tensor);
    return new GraphValue(tensor.getName());
  }

  /** Starts a node of any operator of the standard set. */
  public NodeBuilder node(String operator) {
    return new NodeBuilder(this, "", operator);
  }

  /**
   * Starts a node of one of ONNX Runtime's own operators; a graph of standard operators gets
   * several that do the same.
   */
  public NodeBuilder fused(String operator) {
    return new NodeBuilder(this, MICROSOFT, operator);
  }

  /** Adds two values, with broadcasting. */
  public GraphValue add(GraphValue a, GraphValue b) {
    return node("Add").inputs(a, b).output();
  }

  /** Subtracts, with broadcasting. */
  public GraphValue subtract(GraphValue a, GraphValue b) {
    return node("Sub").inputs(a, b).output();
  }

  /** Multiplies element by element, with broadcasting. */
  public GraphValue multiply(GraphValue a, GraphValue b) {
    return node("Mul").inputs(a, b).output();
  }

  /** Divides element by element, with broadcasting. */
  public GraphValue divide(GraphValue a, GraphValue b) {
    return node("Div").inputs(a, b).output();
  }

  /** Multiplies matrices over the last two dimensions. */
  public GraphValue matMul(GraphValue a, GraphValue b) {
    return node("MatMul").inputs(a, b).output();
  }

  /** Multiplies by the transpose of a matrix. */
  public GraphValue matMulTransposed(GraphValue a, GraphValue b) {
    return fused("FusedMatMul").inputs(a, b).attribute("transB", 1).output();
  }

  /**
   * Multiplies by quantised weights. The rows of x are quantised on the way, all with one scale and
   * offset that span the least and the greatest of x: so x should hold one clip.
   *
   * @see <a href="https://onnxruntime.ai/docs/performance/model-optimizations/quantization.html">
   *     Dynamic quantisation</a>
   */
  public GraphValue quantisedMatMul(String name, GraphValue x, QuantisedMatrix weight) {
    return fused("DynamicQuantizeMatMul")
        .inputs(
            x, stored(name + ".int8", weight.values()), weight(name + ".scales", weight.scales()))
        .output();
  }

  /**
   * A linear layer, x W^T + b, over the last dimension.
   *
   * @param weight in PyTorch's layout, (out, in)
   */
  public GraphValue linear(String name, GraphValue x, FloatTensor weight, FloatTensor bias) {
    GraphValue product = matMulTransposed(x, weight(name + ".weight", weight));
    return add(product, weight(name + ".bias", bias));
  }

  /** Normalises over the last dimension: (x - mean) / sqrt(variance + 1e-5) * scale + bias. */
  public GraphValue layerNorm(String name, GraphValue x, FloatTensor scale, FloatTensor bias) {
    return layerNorm(x, weight(name + ".weight", scale), weight(name + ".bias", bias));
  }

  /** Normalises over the last dimension: (x - mean) / sqrt(variance + 1e-5) * scale + bias. */
  public GraphValue layerNorm(GraphValue x, GraphValue scale, GraphValue bias) {
    return node("LayerNormalization")
        .inputs(x, scale, bias)
        .attribute("axis", -1)
        .attribute("epsilon", 1e-5f)
        .output();
  }

  /** Exponentiates and normalises over one dimension. */
  public GraphValue softmax(GraphValue x, long axis) {
    return node("Softmax").inputs(x).attribute("axis", axis).output();
  }

  /** Permutes dimensions. */
  public GraphValue transpose(GraphValue x, long... permutation) {
    return node("Transpose").inputs(x).attribute("perm", permutation).output();
  }

  /** Gives another shape to the same elements; 0 keeps a dimension, -1 is worked out. */
  public GraphValue reshape(GraphValue x, long... shape) {
    return node("Reshape").inputs(x, integers(shape)).output();
  }

  /** Sums over some dimensions, which stay with length 1. */
  public GraphValue reduceSum(GraphValue x, long... axes) {
    return node("ReduceSum").inputs(x, integers(axes)).attribute("keepdims", 1).output();
  }

  /** Joins values along a dimension. */
  public GraphValue concat(long axis, GraphValue... parts) {
    return node("Concat").inputs(parts).attribute("axis", axis).output();
  }

  /** Takes a range of one dimension; the bounds are values of shape (1). */
  public GraphValue slice(GraphValue x, GraphValue from, GraphValue to, long axis) {
    return node("Slice").inputs(x, from, to, integers(axis)).output();
  }

  /** Inserts dimensions of length 1. */
  public GraphValue unsqueeze(GraphValue x, long... axes) {
    return node("Unsqueeze").inputs(x, integers(axes)).output();
  }

  /** Removes dimensions of length 1. */
  public GraphValue squeeze(GraphValue x, long... axes) {
    return node("Squeeze").inputs(x, integers(axes)).output();
  }

  /** Converts elements to another type. */
  public GraphValue cast(GraphValue x, DataType type) {
    return node("Cast").inputs(x).attribute("to", type.onnxCode()).output();
  }

  /** Returns the length of one dimension, as a value of shape (1). */
  public GraphValue dimension(GraphValue x, long axis) {
    return node("Shape").inputs(x).attribute("start", axis).attribute("end", axis + 1).output();
  }

  /**
   * One of two values, of which only that one is computed. Branches may use whatever was added
   * before; what they add is theirs alone, save for weights and constants.
   *
   * @param condition true or false, one element
   * @param then adds the nodes of the value if it is true
   * @param otherwise adds the nodes of the value if it is false
   */
  public GraphValue either(
      GraphValue condition, Supplier<GraphValue> then, Supplier<GraphValue> otherwise) {
    return node("If")
        .inputs(condition)
        .attribute("then_branch", branch(then))
        .attribute("else_branch", branch(otherwise))
        .output();
  }

  private OnnxMl.GraphProto branch(Supplier<GraphValue> value) {
    OnnxMl.GraphProto.Builder outer = nodes;
    nodes = OnnxMl.GraphProto.newBuilder().setName(unique("branch"));
    try {
      String output = value.get().name();
      return nodes.addOutput(OnnxMl.ValueInfoProto.newBuilder().setName(output)).build();
    } finally {
      nodes = outer;
    }
  }

  /** Ends the building. */
  public OnnxGraph build() {
    OnnxMl.ModelProto.Builder model =
        OnnxMl.ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("serenade")
            .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET));
    if (operators == OperatorSet.FUSED) {
      model.addOpsetImport(
          OnnxMl.OperatorSetIdProto.newBuilder().setDomain(MICROSOFT).setVersion(1));
    }
    metadata.forEach(
        (key, value) ->
            model.addMetadataProps(
                OnnxMl.StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return new OnnxGraph(model.setGraph(graph).build(), weights);
  }

  /** Whether nodes of this domain must be said in others. */
  boolean excludes(String domain) {
    return operators == OperatorSet.STANDARD && domain.equals(MICROSOFT);
  }

  void add(OnnxMl.NodeProto node) {
    nodes.addNode(node);
  }

  /** Takes a name that the outside knows, and that may therefore not be changed. */
  private void claim(String name) {
    if (namesTaken.putIfAbsent(name, 1) != null) {
      throw new IllegalArgumentException(
          "graph %s: the name %s is already taken".formatted(graph.getName(), name));
    }
  }

  String unique(String name) {
    int uses = namesTaken.merge(name, 1, Integer::sum);
    return uses == 1 ? name : unique(name + "_" + uses);
  }
}
