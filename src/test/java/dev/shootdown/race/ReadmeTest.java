package dev.shootdown.race;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** All code in the README is code that {@link ReadmeStrategyTest} compiles and runs. */
class ReadmeTest {
    private static final Path EXAMPLE = Path.of("src/test/java/dev/shootdown/race/ReadmeStrategyTest.java");

    @Test
    void showsTheCodeThatIsTested() throws IOException {
        List<String> example = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                .flatMap(block -> code(block.group(1)).stream())
                .toList();
        List<String> tested = code(Files.readString(EXAMPLE));
        assertFalse(example.isEmpty());
        for (String line : example) {
            assertTrue(tested.contains(line), () -> "README.md shows a line that is not tested: " + line);
        }
    }

    private static List<String> code(String text) {
        return text.lines()
                .map(line -> line.strip().replaceFirst("^static final class", "final class"))
                .filter(line -> !line.isEmpty() && !line.startsWith("/**"))
                .toList();
    }
}
