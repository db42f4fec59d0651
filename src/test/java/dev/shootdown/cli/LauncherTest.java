package dev.shootdown.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script, with JDKs that only say their version and what they were asked. */
@Timeout(120)
@Tag("slow")
class LauncherTest {
    @TempDir
    private Path directory;

    private Path bin;

    private record Ended(int code, String output) {}

    @BeforeEach
    void putTheLauncherInPlace() throws IOException {
        bin = Files.createDirectories(directory.resolve("installed"));
        Files.copy(Path.of("shootdown"), bin.resolve("shootdown"));
        Files.createFile(bin.resolve("shootdown-cli.jar"));
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = directory.resolve(name);
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(
                java,
                "#!/bin/sh\nif [ \"$1\" = -version ]; then echo 'openjdk version \"" + version
                        + "\" 2025-09-16' >&2; else echo " + name + " \"$@\"; fi\n");
        assertTrue(java.toFile().setExecutable(true));
        return home;
    }

    private Ended launch(Map<String, String> environment) throws IOException, InterruptedException {
        return launch(bin.resolve("shootdown"), environment);
    }

    private static Ended launch(Path script, Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder("/bin/bash", script.toString(), "list", "two words").redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("JAVA_HOME", "JAVA25_HOME"));
        builder.environment().putAll(Map.of("PATH", "/usr/bin:/bin", "SHOOTDOWN_JDKS", ""));
        builder.environment().putAll(environment);
        return ended(builder.start());
    }

    private static Ended ended(Process process) throws IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return new Ended(process.exitValue(), output);
    }

    private static void assertRan(String jdk, Ended ended) {
        assertEquals(0, ended.code(), ended.output());
        assertTrue(ended.output().startsWith(jdk + " "), ended.output());
    }

    private static void assertRefused(String why, Ended ended) {
        assertAll(
                () -> assertEquals(2, ended.code(), ended.output()),
                () -> assertEquals(1, ended.output().lines().count(), ended.output()),
                () -> assertTrue(ended.output().startsWith("shootdown: "), ended.output()),
                () -> assertTrue(ended.output().contains(why), ended.output()));
    }

    @Test
    void theJdkIsTheFirstOfThoseThatFit() throws Exception {
        String home = jdk("home", "25.0.1").toString();
        String other = jdk("other", "26-ea").toString();
        String path = jdk("path", "25").resolve("bin") + ":/usr/bin:/bin";
        String usual = jdk("usual", "25").getParent() + "/usu*/bin/java";
        String old = jdk("old", "21.0.2").toString();
        assertRan("home", launch(Map.of("JAVA_HOME", home, "JAVA25_HOME", other)));
        assertRan("other", launch(Map.of("JAVA_HOME", old, "JAVA25_HOME", other, "PATH", path)));
        assertRan("path", launch(Map.of("JAVA_HOME", old, "PATH", path, "SHOOTDOWN_JDKS", usual)));
        assertRan("usual", launch(Map.of("JAVA_HOME", directory.resolve("gone").toString(), "SHOOTDOWN_JDKS", usual)));
    }

    @Test
    void argumentsArriveAsTheyAre() throws Exception {
        Ended ended = launch(Map.of("JAVA_HOME", jdk("home", "25").toString()));
        assertTrue(
                ended.output()
                        .strip()
                        .endsWith("-Dshootdown.screen=plain -jar " + bin.resolve("shootdown-cli.jar")
                                + " list two words"),
                ended.output());
    }

    @Test
    void aLinkToTheLauncherWorks() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("installed/shootdown"));
        assertRan("home", launch(link, Map.of("JAVA_HOME", jdk("home", "25").toString())));
    }

    @Test
    void theJarMayBeUnderTarget() throws Exception {
        Path target = Files.createDirectories(bin.resolve("target"));
        Files.move(bin.resolve("shootdown-cli.jar"), target.resolve("shootdown-cli.jar"));
        assertRan("home", launch(Map.of("JAVA_HOME", jdk("home", "25").toString())));
    }

    @Test
    void aSignalBeforeJavaIsStartedHasTheDocumentedExitCode() throws Exception {
        Path reached = directory.resolve("reached");
        Path home = jdk("home", "25");
        Files.writeString(home.resolve("bin/java"), "#!/bin/sh\ntouch " + reached + "\nsleep 1\n");
        ProcessBuilder builder =
                new ProcessBuilder("/bin/bash", bin.resolve("shootdown").toString());
        builder.environment().put("JAVA_HOME", home.toString());
        Process process = builder.redirectErrorStream(true).start();
        while (process.isAlive() && !Files.exists(reached)) {
            Thread.sleep(10);
        }
        process.toHandle().destroy();
        Ended ended = ended(process);
        assertEquals(3, ended.code(), ended.output());
        assertEquals("shootdown: interrupted\n", ended.output());
    }

    @Test
    void saysThatTheJarIsMissing() throws Exception {
        Files.delete(bin.resolve("shootdown-cli.jar"));
        Ended ended = launch(Map.of("JAVA_HOME", jdk("home", "25").toString()));
        assertRefused("found no shootdown-cli.jar", ended);
        assertTrue(ended.output().contains("mvn package"), ended.output());
    }

    @Test
    void saysThatAJdkIsMissing() throws Exception {
        String old = jdk("old", "17.0.1").resolve("bin") + ":/usr/bin:/bin";
        String ancient = jdk("ancient", "1.8.0_402").toString();
        assertRefused("needs a JDK 25 or newer", launch(Map.of("PATH", old, "JAVA_HOME", ancient)));
    }
}
