package dev.shootdown.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The commands in the README are ones. */
class ReadmeCommandsTest {
    private static final String LAUNCHER = "./shootdown ";

    private static String readme() throws IOException {
        return Files.readString(Path.of("README.md"));
    }

    static Stream<String> commands() throws IOException {
        return readme().lines()
                .filter(line -> line.startsWith(LAUNCHER))
                .map(line -> line.substring(LAUNCHER.length()));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void parses(String command) {
        CommandLine line = new CommandLine(new Main());
        assertDoesNotThrow(() -> line.parseArgs(command.split(" ")));
    }

    @Test
    void everyCommandHasAnExample() throws IOException {
        Set<String> shown =
                new TreeSet<>(commands().map(command -> command.split(" ")[0]).toList());
        assertEquals(new TreeSet<>(new CommandLine(new Main()).getSubcommands().keySet()), shown);
    }

    @Test
    void everyExitCodeIsThere() throws IOException {
        String readme = readme();
        for (int code : List.of(0, 1, 2, 3)) {
            assertTrue(readme.contains("\n| " + code + " | "), () -> "README.md has no exit code " + code);
        }
    }
}
