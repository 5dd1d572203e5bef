package dev.serenade.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {

  @TempDir Path folder;

  @BeforeEach
  void makeClips() throws IOException {
    for (String name : new String[] {"a.wav", "b.wav", "c, d.wav"}) {
      Files.createFile(folder.resolve(name));
    }
  }

  private Path manifest(String text) throws IOException {
    return Files.writeString(folder.resolve("manifest.csv"), text);
  }

  @Test
  void requiredColumnsAreEnough() throws Exception {
    Corpus corpus = Manifest.read(manifest("path,speaker,emotion\na.wav,s1,Anger\nb.wav,s2,joy\n"));

    assertThat(corpus.name()).isEqualTo(folder.getFileName().toString());
    assertThat(corpus.manifestSha256()).hasSize(64);
    assertThat(corpus.skipped()).isEmpty();
    assertThat(corpus.utterances())
        .extracting(Utterance::emotion)
        .containsExactly(Emotion.ANGRY, Emotion.HAPPY);
    Utterance first = corpus.utterances().get(0);
    assertThat(first.path()).isEqualTo(folder.resolve("a.wav"));
    assertThat(first.id()).isEqualTo("a.wav");
    assertThat(first.isWholeRecording()).isTrue();
  }

  @Test
  void everyColumnIsRead() throws Exception {
    String windows =
        """
        mood note,CHANNEL,end,start,text,language,sex,split,session,emotion,speaker,path
        x,2,1.5,0.5,"He said ""no"",
        then left",en,F,dev,1,sad,s1,"c, d.wav"
        """
            .replace("\n", "\r\n");

    Corpus corpus = Manifest.read(manifest("\uFEFF" + windows));

    Utterance clip = corpus.utterances().get(0);
    assertThat(clip)
        .isEqualTo(
            Utterance.builder("c, d.wav", folder.resolve("c, d.wav"), "s1", Emotion.SAD)
                .session("1")
                .split(Split.VALIDATION)
                .sex("female")
                .language("en")
                .text("He said \"no\",\r\nthen left")
                .startSeconds(0.5)
                .endSeconds(1.5)
                .channel(2)
                .extra("mood note", "x")
                .build());
  }

  @Test
  void unusableRowsAreListedWithLineAndColumnAndTheRestGoesOn() throws Exception {
    Corpus corpus =
        Manifest.read(
            manifest(
                """
                path,speaker,emotion,text,start,end,channel,split
                a.wav,s1,angry,"two
                lines",,,,
                a.wav,,angry,,,,,
                a.wav,s1,angry,,one,,,
                a.wav,s1,angry,,2,1,,
                a.wav,s1,angry,,,,0,

                a.wav,s1,angry
                a.wav,s1,angry,,,,,later
                a.wav,s1,angry,,,,,
                gone.wav,s1,angry,,,,,
                b.wav,s1,angry,,,,,
                """));

    assertThat(corpus.utterances()).extracting(Utterance::id).containsExactly("a.wav", "b.wav");
    assertThat(corpus.skipped())
        .extracting(SkippedClip::reason)
        .containsExactly(
            "line 4, column speaker: a value expected, found none",
            "line 5, column start: seconds expected, found one",
            "line 6: a.wav: 0 <= start < end expected, found start 2.0 s, end 1.0 s",
            "line 7: a.wav: channels count from 1, found 0",
            "line 9: 8 values expected as in the header, found 3",
            "line 10, column split: train, validation or test expected, found later",
            "line 11: listed before, at line 2",
            "line 12: no such file: " + folder.resolve("gone.wav"));
    assertThat(corpus.skipped().get(7).cause()).isEqualTo(SkippedClip.Cause.MISSING_FILE);
  }

  @Test
  void aMissingRequiredColumnIsFatal() throws IOException {
    Path manifest = manifest("path,emotion\na.wav,angry\n");
    assertThatThrownBy(() -> Manifest.read(manifest))
        .isInstanceOf(ManifestFormatException.class)
        .hasMessage(
            manifest + ": line 1, column speaker: required, but the header has only path,emotion");
  }

  @Test
  void anEmptyFileIsFatal() throws IOException {
    Path manifest = manifest("");
    assertThatThrownBy(() -> Manifest.read(manifest))
        .isInstanceOf(ManifestFormatException.class)
        .hasMessageContaining("a header expected");
  }

  @Test
  void aColumnTwiceIsFatal() throws IOException {
    Path manifest = manifest("path,speaker,emotion,Path\n");
    assertThatThrownBy(() -> Manifest.read(manifest))
        .isInstanceOf(ManifestFormatException.class)
        .hasMessageContaining("line 1, column Path");
  }

  @Test
  void anUnclosedQuoteIsFatal() throws IOException {
    Path manifest = manifest("path,speaker,emotion\na.wav,s1,\"angry\nb.wav,s1,sad\n");
    assertThatThrownBy(() -> Manifest.read(manifest))
        .isInstanceOf(ManifestFormatException.class)
        .hasMessageContaining("line 2");
  }

  @Test
  void bytesThatAreNotTextAreFatal() throws IOException {
    Path manifest = manifest("");
    Files.write(manifest, "path,speaker,emotion\nä.wav".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> Manifest.read(manifest))
        .isInstanceOf(ManifestFormatException.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void whatIsWrittenIsReadBack() throws Exception {
    Corpus corpus =
        Manifest.read(
            manifest(
                """
                path,speaker,emotion,channel,start,text,note
                a.wav,s1,angry,,,"a, ""b\""\n",n
                b.wav,s2,lost,2,0.25,,
                """));
    Path copy = folder.resolve("copy.csv");

    Manifest.write(corpus, copy);

    assertThat(Manifest.read(copy).utterances()).isEqualTo(corpus.utterances());
    assertThat(Files.readString(copy)).startsWith("path,speaker,emotion,text,start,channel,note\n");
  }

  @Test
  void aManifestElsewhereIsWrittenWithAbsolutePaths(@TempDir Path elsewhere) throws Exception {
    Corpus corpus = Manifest.read(manifest("path,speaker,emotion\na.wav,s1,angry\n"));
    Path copy = elsewhere.resolve("copy.csv");

    Manifest.write(corpus, copy);

    assertThat(Manifest.read(copy).utterances().get(0).path()).isEqualTo(folder.resolve("a.wav"));
  }

  @Test
  void droppedClassesAreListed() throws Exception {
    Corpus corpus =
        Manifest.read(
            manifest("path,speaker,emotion\na.wav,s1,anger\nb.wav,s2,joy\n"),
            EmotionLabels.standard().with(Map.of("angry", "drop")));

    assertThat(corpus.emotions()).isEqualTo(Set.of(Emotion.HAPPY));
    assertThat(corpus.skipped())
        .containsExactly(
            new SkippedClip("a.wav", SkippedClip.Cause.EXCLUDED, "class anger is dropped"));
  }
}
