package dev.shootdown.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.report.ExploreProgress.Screen;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final StringWriter out = new StringWriter();

    @Test
    void aTerminalHasOneLineThatIsWrittenOver() {
        Progress progress = new Progress(new PrintWriter(out), Screen.TERMINAL, 2);
        progress.step("exploring");
        assertTrue(out.toString().matches("\r\u001b\\[Kexploring: 1 of 2, about \\d+ s left"), out.toString());
        progress.step("exploring");
        assertTrue(out.toString().endsWith("\r\u001b[Kexploring: 2 of 2"), out.toString());
        progress.clear();
        assertTrue(out.toString().endsWith("\r\u001b[K"), out.toString());
    }

    @Test
    void elsewhereThereIsNothingUnlessItTakesLong() {
        Progress progress = new Progress(new PrintWriter(out), Screen.PLAIN, 2);
        progress.step("exploring");
        progress.clear();
        assertEquals("", out.toString());
    }
}
