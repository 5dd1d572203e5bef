package dev.serenade.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.serenade.audio.AudioFormatException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that want other files or addresses opened. Each names a recording that would decode. */
class CraftedRecordingsTest {

  private static final List<String> NAMES =
      List.of("list.m3u8", "list.txt", "list.sdp", "list.mpd", "list.wav", "list.mp4", "list");

  @TempDir private Path folder;
  private Path target;

  @BeforeEach
  void writeTarget() throws IOException {
    target = folder.resolve("target.wav");
    Files.write(target, WavBytes.mono(16_000, WavBytes.tone(440, 0.5, 16_000, 16_000)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n%s\n#EXT-X-ENDLIST\n",
        "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n%s\n",
        "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nconcat:%s|/etc/passwd\n#EXT-X-ENDLIST\n",
        "ffconcat version 1.0\nfile '%s'\n",
        "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 5004 RTP/AVP 0\n",
        "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\">"
            + "<Period><AdaptationSet mimeType=\"audio/mp4\"><Representation id=\"1\">"
            + "<BaseURL>%s</BaseURL></Representation></AdaptationSet></Period></MPD>",
        "[playlist]\nFile1=%s\nNumberOfEntries=1\n",
        "RTSPtext\r\n%s\r\n",
        "<?xml version=\"1.0\"?><SmoothStreamingMedia Url=\"%s\"/>"
      })
  void playlistIsNotAudioWhateverItsName(String playlist) throws IOException {
    for (String address : List.of(target.toString(), "target.wav", target.toUri().toString())) {
      byte[] bytes = playlist.replace("%s", address).getBytes(StandardCharsets.UTF_8);
      for (String name : NAMES) {
        AudioFormatException refusal = Recordings.refusal(Files.write(folder.resolve(name), bytes));
        assertThat(refusal).as(name).isNotNull();
        assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(Reason.NOT_AUDIO);
      }
    }
  }

  @Test
  void noAddressIsCalled() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout(100);
      String playlist =
          "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://127.0.0.1:%d/a.ts\n#EXT-X-ENDLIST\n"
              .formatted(server.getLocalPort());
      for (String name : NAMES) {
        Recordings.refusal(Files.writeString(folder.resolve(name), playlist));
      }
      assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(server::accept);
    }
  }

  /** An AVI whose subtitle stream ("GAB2") holds a playlist, which FFmpeg once opened. */
  @Test
  void playlistInSubtitlesOfVideoIsNotOpened() {
    byte[] playlist =
        "#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:1.0,\n%s\n#EXT-X-ENDLIST\n"
            .formatted(target)
            .getBytes(StandardCharsets.UTF_8);
    assertThat(Recordings.reasonToRefuse(aviWithSubtitles(playlist), "video.avi"))
        .isEqualTo(Reason.NO_AUDIO_STREAM);
  }

  private static byte[] aviWithSubtitles(byte[] playlist) {
    byte[] subtitles =
        buffer(23 + playlist.length)
            .put(ascii("GAB2"))
            .put((byte) 0)
            .putShort((short) 2)
            .putInt(2)
            .put(new byte[2])
            .putShort((short) 4)
            .putInt(playlist.length)
            .put(new byte[4])
            .put(playlist)
            .array();
    byte[] mainHeader = chunk("avih", buffer(56).putInt(24, 1).array());
    byte[] streamHeader =
        chunk("strh", buffer(56).put(ascii("txts")).putInt(20, 1).putInt(24, 1).array());
    byte[] streamFormat = chunk("strf", new byte[0]);
    byte[] stream = list("strl", streamHeader, streamFormat);
    byte[] header = list("hdrl", mainHeader, stream);
    byte[] movie = list("movi", chunk("00tx", subtitles));
    byte[] body = concat(ascii("AVI "), header, movie);
    return chunk("RIFF", body);
  }

  private static byte[] list(String type, byte[]... parts) {
    return chunk("LIST", concat(ascii(type), concat(parts)));
  }

  private static byte[] chunk(String id, byte[] body) {
    int padded = body.length + (body.length & 1);
    return buffer(8 + padded).put(ascii(id)).putInt(body.length).put(body).array();
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
