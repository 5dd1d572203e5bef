// jshell --class-path cli/target/serenade/lib/serenade-cli.jar examples/jshell/first.jsh
import dev.serenade.recognition.*
import java.nio.file.Path

var recognizer = EmotionRecognizer.loadDefault()
var heard = recognizer.recognize(Path.of("samples/sad-09b03Ta.flac"))
System.out.println(heard.emotion() + " " + heard.scores().probabilities())
recognizer.close()
/exit
