package dev.shootdown.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** One run of the command line in this process. */
record Cli(int code, String out, String err) {
    static Cli run(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> words =
                java.util.Arrays.stream(arguments).map(Object::toString).toList();
        int code = Main.run(words, new PrintWriter(out), new PrintWriter(err));
        return new Cli(code, out.toString(), err.toString());
    }

    /** It ended with this code, printed nothing, and said why in one line. */
    void failed(int expected, String why) {
        assertAll(
                () -> assertEquals(expected, code, err),
                () -> assertEquals("", out),
                () -> assertEquals(1, err.lines().count(), err),
                () -> assertTrue(err.contains(why), err));
    }
}
