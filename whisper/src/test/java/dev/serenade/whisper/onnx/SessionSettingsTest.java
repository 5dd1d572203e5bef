package dev.serenade.whisper.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import dev.serenade.whisper.tensor.FloatTensor;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionSettingsTest {

  private static OnnxGraph doubling() {
    GraphBuilder graph = new GraphBuilder("test");
    GraphValue x = graph.input("x", DataType.FLOAT, "n");
    graph.output("y", graph.add(x, x), DataType.FLOAT, "n");
    return graph.build();
  }

  @Test
  void devicesHaveNames() {
    for (Device device : new Device[] {Device.AUTO, Device.CPU, Device.cuda(0), Device.cuda(3)}) {
      assertThat(Device.parse(device.toString())).isEqualTo(device);
    }
    assertThat(Device.parse("cuda")).isEqualTo(Device.cuda(0));
    assertThatThrownBy(() -> Device.parse("gpu"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected auto, cpu, cuda or cuda:N, found gpu");
  }

  @Test
  void gpuThatIsNotThereIsSaid() {
    assumeFalse(OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA), "CUDA is there");
    SessionSettings settings = new SessionSettings(1).on(Device.cuda(1));
    assertThatThrownBy(() -> doubling().open(settings))
        .isInstanceOf(GraphException.class)
        .hasMessageStartingWith("cuda:1: this build of ONNX Runtime has no CUDA; ");
  }

  @Test
  void autoRunsAnywhere() {
    try (GraphSession session = doubling().open(new SessionSettings(1).on(Device.AUTO))) {
      FloatTensor x = FloatTensor.of(new float[] {1, 2}, 2);
      assertThat(session.run(Map.of("x", x), Map.of(), Set.of("y")).get("y").toArray())
          .containsExactly(2, 4);
    }
  }
}
