package dev.shootdown.race;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The README's example is the code that {@link ReadmeStrategyTest} compiles and runs. */
class ReadmeTest {
    private static final Path EXAMPLE = Path.of("src/test/java/dev/shootdown/race/ReadmeStrategyTest.java");

    @Test
    void showsTheCodeThatIsTested() throws IOException {
        List<String> example =
                code(Files.readString(Path.of("README.md")).split("```java")[1].split("```")[0]);
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
