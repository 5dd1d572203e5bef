package dev.serenade.audio;

import static org.bytedeco.ffmpeg.global.avfilter.av_buffersink_get_frame;
import static org.bytedeco.ffmpeg.global.avfilter.av_buffersrc_add_frame;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_get_by_name;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_alloc;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_config;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_create_filter;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_free;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_parse_ptr;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_inout_alloc;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_inout_free;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLT;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.avutil.av_strdup;

import java.util.Objects;
import org.bytedeco.ffmpeg.avfilter.AVFilterContext;
import org.bytedeco.ffmpeg.avfilter.AVFilterGraph;
import org.bytedeco.ffmpeg.avfilter.AVFilterInOut;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;

/**
 * One or more filters of FFmpeg's libavfilter, through which a whole waveform goes.
 *
 * <p>Written as FFmpeg does, such as {@code highpass=f=300,atempo=0.9}; what the last one gives is
 * brought to mono float at 16 kHz again. Filters work on float samples, which may leave [-1, 1].
 *
 * <p>For filters named in code: FFmpeg knows some that open files, so never pass on what a user
 * wrote.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class AudioFilter {

  private static final int RATE_HZ = Waveform.SAMPLE_RATE_HZ;

  private final String description;

  private AudioFilter(String description) {
    this.description = Objects.requireNonNull(description, "description");
  }

  /** Returns these filters; whether there are such is seen when they are applied. */
  public static AudioFilter of(String description) {
    return new AudioFilter(description);
  }

  /**
   * Returns what the filters make of a waveform.
   *
   * @param sound at least one sample
   * @throws IllegalArgumentException if there is no such filter, or it cannot be set up so
   */
  public Waveform apply(Waveform sound) {
    if (sound.length() == 0) {
      throw new IllegalArgumentException("filters need sound, found a waveform of no samples");
    }
    FFmpeg.load();
    AVFilterGraph graph = avfilter_graph_alloc();
    try {
      graph.nb_threads(1);
      AVFilterContext source = new AVFilterContext(null);
      AVFilterContext sink = new AVFilterContext(null);
      connect(graph, source, sink);
      feed(source, sound);
      return collect(sink, sound.length());
    } finally {
      avfilter_graph_free(graph);
    }
  }

  private void connect(AVFilterGraph graph, AVFilterContext source, AVFilterContext sink) {
    String input =
        "time_base=1/%d:sample_rate=%d:sample_fmt=flt:channel_layout=mono"
            .formatted(RATE_HZ, RATE_HZ);
    require(
        avfilter_graph_create_filter(
            source, avfilter_get_by_name("abuffer"), "in", input, null, graph));
    require(
        avfilter_graph_create_filter(
            sink, avfilter_get_by_name("abuffersink"), "out", null, null, graph));
    AVFilterInOut outputs = end("in", source);
    AVFilterInOut inputs = end("out", sink);
    try {
      String filters =
          "%s,aformat=sample_fmts=flt:sample_rates=%d:channel_layouts=mono"
              .formatted(description, RATE_HZ);
      require(avfilter_graph_parse_ptr(graph, filters, inputs, outputs, null));
      require(avfilter_graph_config(graph, null));
    } finally {
      avfilter_inout_free(inputs);
      avfilter_inout_free(outputs);
    }
  }

  private static AVFilterInOut end(String name, AVFilterContext context) {
    try (BytePointer text = new BytePointer(name)) {
      return avfilter_inout_alloc().name(av_strdup(text)).filter_ctx(context).pad_idx(0).next(null);
    }
  }

  private void feed(AVFilterContext source, Waveform sound) {
    AVFrame frame = av_frame_alloc();
    try {
      frame.format(AV_SAMPLE_FMT_FLT);
      frame.sample_rate(RATE_HZ);
      frame.nb_samples(sound.length());
      frame.pts(0);
      av_channel_layout_default(frame.ch_layout(), 1);
      require(av_frame_get_buffer(frame, 0));
      new FloatPointer(frame.data(0)).put(sound.toArray());
      require(av_buffersrc_add_frame(source, frame));
      require(av_buffersrc_add_frame(source, null));
    } finally {
      av_frame_free(frame);
    }
  }

  private Waveform collect(AVFilterContext sink, int expected) {
    SampleBuffer samples = new SampleBuffer(0, 0, Integer.MAX_VALUE - Long.SIZE, expected);
    AVFrame frame = av_frame_alloc();
    try {
      int result = av_buffersink_get_frame(sink, frame);
      while (result >= 0) {
        samples.append(new FloatPointer(frame.data(0)), frame.nb_samples());
        av_frame_unref(frame);
        result = av_buffersink_get_frame(sink, frame);
      }
      if (result != AVERROR_EOF()) {
        require(result);
      }
    } finally {
      av_frame_free(frame);
    }
    if (samples.firstNonSample(0) >= 0) {
      throw new IllegalArgumentException(
          "finite samples expected, found others after the filters " + description);
    }
    return samples.toWaveform(samples.length());
  }

  private void require(int result) {
    if (result < 0) {
      throw new IllegalArgumentException(
          "cannot apply the filters %s: %s".formatted(description, FFmpeg.errorText(result)));
    }
  }
}
