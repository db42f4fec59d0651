package dev.shootdown.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What only shows in a process of its own: signals, pipes, full disks, colours. */
@Timeout(120)
@Tag("slow")
class ProcessTest {
    private static final String BROKEN = "fast-gup/munmap/sbi-rfence/remove-page/sv39";
    private static final String ESCAPE = "\u001b[";

    @TempDir
    private Path directory;

    private record Ended(int code, String output) {}

    private ProcessBuilder command(Object... arguments) {
        List<String> words = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        Stream.of(arguments).map(Object::toString).forEach(words::add);
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"));
        return builder;
    }

    private static Ended ended(Process process) throws IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return new Ended(process.exitValue(), output);
    }

    private String explored(Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder builder = command("explore", BROKEN, "--model", "sc", "--results", directory);
        builder.environment().putAll(environment);
        return ended(builder.start()).output();
    }

    @Test
    void anInterruptedRunKeepsWhatItHad() throws Exception {
        Process process = command("explore", "--results", directory).start();
        Path witnesses = directory.resolve("witnesses");
        while (process.isAlive() && !Files.exists(witnesses)) {
            Thread.sleep(20);
        }
        new ProcessBuilder("kill", "-TERM", Long.toString(process.pid()))
                .start()
                .waitFor();
        Ended ended = ended(process);
        Path partial = directory.resolve("interrupted");
        JsonNode kept = JsonMapper.shared().readTree(partial.resolve("verdicts.json"));
        assertAll(
                () -> assertEquals(3, ended.code(), ended.output()),
                () -> assertTrue(ended.output().contains("shootdown: Interrupted after "), ended.output()),
                () -> assertTrue(ended.output().contains("is in " + partial), ended.output()),
                () -> assertEquals("INTERRUPTED", kept.path("completeness").asString()),
                () -> assertFalse(kept.path("races").isEmpty()),
                () -> assertFalse(Files.exists(directory.resolve("verdicts.json"))));
    }

    @Test
    void aFullDiskIsOneLine() throws Exception {
        Ended ended = ended(command("list", "--json")
                .redirectErrorStream(false)
                .redirectOutput(Path.of("/dev/full").toFile())
                .redirectError(directory.resolve("err").toFile())
                .start());
        List<String> said = Files.readAllLines(directory.resolve("err"));
        assertEquals(3, ended.code());
        assertEquals(1, said.size(), said::toString);
        assertTrue(said.getFirst().contains("could not be written"), said::toString);
    }

    @Test
    void aClosedPipeIsOneLine() throws Exception {
        Path err = directory.resolve("err");
        Process process = command("list", "races")
                .redirectErrorStream(false)
                .redirectError(err.toFile())
                .start();
        process.getInputStream().close();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(3, process.exitValue());
        assertEquals(1, Files.readAllLines(err).size(), Files.readString(err));
    }

    @Test
    void coloursAreForTerminalsAndObeyNoColor() throws Exception {
        assertFalse(explored(Map.of()).contains(ESCAPE));
        assertTrue(explored(Map.of("CLICOLOR_FORCE", "1")).contains(ESCAPE));
        assertFalse(explored(Map.of("CLICOLOR_FORCE", "1", "NO_COLOR", "1")).contains(ESCAPE));
    }
}
