package dev.shootdown.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may be used from outside has a comment, and in it each parameter, result and exception a tag of its own. */
@Tag("slow")
class DocumentationTest {
    private static final Path SOURCES = Path.of("src/main/java");

    @TempDir
    private Path classes;

    /** A complaint of doclint, as {@code file:line: message}. */
    private record Complaint(Path file, long line, String message) {
        @Override
        public String toString() {
            return file + ":" + line + ": " + message;
        }
    }

    private List<Complaint> complaints() throws IOException {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        assertNotNull(javac, "the tests run on a JDK");
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = javac.getStandardFileManager(found, Locale.ROOT, null)) {
            List<Path> sources = sources();
            assertFalse(sources.isEmpty());
            List<String> options = List.of(
                    "-proc:none",
                    "-Xdoclint:all/protected",
                    "-Xmaxwarns",
                    "100000",
                    "-d",
                    classes.toString(),
                    "-cp",
                    System.getProperty("java.class.path"));
            javac.getTask(null, files, found, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
        }
        return found.getDiagnostics().stream()
                .filter(each -> each.getSource() != null)
                .map(DocumentationTest::complaint)
                .toList();
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> all = Files.walk(SOURCES)) {
            return all.filter(each -> each.toString().endsWith(".java")).toList();
        }
    }

    private static Complaint complaint(Diagnostic<? extends JavaFileObject> found) {
        URI source = found.getSource().toUri();
        return new Complaint(
                SOURCES.toAbsolutePath().relativize(Path.of(source)),
                found.getLineNumber(),
                found.getMessage(Locale.ROOT));
    }

    @Test
    void everythingPublicHasAComment() throws IOException {
        assertEquals(List.of(), complaints());
    }
}
