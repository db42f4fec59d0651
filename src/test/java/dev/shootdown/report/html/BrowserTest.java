package dev.shootdown.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.shootdown.race.Freeings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Opens the page in a browser, and uses it by a script of its own that leaves what it saw in the title. */
@Tag("slow")
class BrowserTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final List<String> FLAGS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--enable-logging=stderr",
            "--virtual-time-budget=5000",
            "--dump-dom");

    private static final String LISTEN = """
            <script>
            var errors = [];
            addEventListener('error', function (event) { errors.push(event.message); });
            console.error = function (what) { errors.push(String(what)); };
            </script>
            """;

    private static final String USE = """
            <script>
            setTimeout(function () {
              var visible = function () { return document.querySelectorAll('.cell:not([hidden])').length; };
              var rows = function () { return document.querySelectorAll('tbody tr:not([hidden])').length; };
              var seen = ['all ' + visible() + ' in ' + rows()];
              var isTight = function (cell) { return cell.scrollWidth > cell.clientWidth; };
              seen.push('tight ' + Array.from(document.querySelectorAll('.cell')).some(isTight));
              var verdict = document.getElementById('by-verdict');
              verdict.value = 'unsafe';
              verdict.dispatchEvent(new Event('change'));
              seen.push('unsafe ' + visible() + ' in ' + rows());
              document.querySelector('a.open').click();
              setTimeout(function () {
                var witness = document.querySelector('.witness');
                seen.push('open ' + witness.open);
                var picture = witness.querySelector('.picture');
                var now = function () { return parseInt(picture.querySelector('.now').textContent.slice(5), 10); };
                var offence = now();
                seen.push('offence ' + /freed$/.test(picture.querySelector('.now').textContent));
                picture.querySelector('.back').click();
                seen.push('back ' + (offence > now()));
                var left = function (css) { return picture.querySelector(css).getBoundingClientRect().left; };
                picture.querySelector('.scroll').scrollLeft = 150;
                seen.push('names ' + (Math.abs(left('.names span') - left('.scroll')) < 20));
                picture.querySelector('.scroll').dispatchEvent(
                    new KeyboardEvent('keydown', {key: 'ArrowRight', bubbles: true}));
                seen.push('key ' + (offence === now()));
                picture.querySelector('circle').dispatchEvent(new MouseEvent('click', {bubbles: true}));
                seen.push('first ' + now());
                var hidden = document.querySelector('.cell[hidden]');
                location.hash = hidden.id;
                setTimeout(function () {
                  seen.push('cell ' + (!hidden.hidden && hidden.querySelector('.more').open));
                  if (innerWidth < 800) { document.documentElement.style.width = '360px'; }
                  seen.push('wide ' + (document.body.scrollWidth > document.body.clientWidth));
                  seen.push('errors ' + errors.join(';'));
                  document.title = seen.join(', ');
                }, 300);
              }, 500);
            }, 100);
            </script>
            """;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {500, 1250})
    void thePageFiltersOpensAWitnessAndSteps(int width) throws Exception {
        assumeTrue(Files.isExecutable(CHROMIUM), "no " + CHROMIUM + " here: the page is not opened in a browser");
        String text = HtmlReport.text(SamplePage.document(directory), directory, directory);
        Path page = directory.resolve("index.html");
        Files.writeString(page, text.replace("<head>", "<head>" + LISTEN).replace("</body>", USE + "</body>"));
        String dom = dump(page, width);
        String expected = "<title>all 5 in " + 2 * Freeings.values().length
                + ", tight false, unsafe 1 in 1, open true, offence true, back true, names true, key true, first 1,"
                + " cell true, wide false, errors </title>";
        assertTrue(dom.contains(expected), () -> dom.substring(0, Math.min(2_000, dom.length())));
        List<String> console = Files.readAllLines(directory.resolve("browser.log")).stream()
                .filter(line -> line.contains("CONSOLE"))
                .toList();
        assertEquals(List.of(), console);
    }

    private String dump(Path page, int width) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(CHROMIUM.toString()));
        command.addAll(FLAGS);
        command.add("--window-size=" + width + ",900");
        command.add("--user-data-dir=" + directory.resolve("profile"));
        command.add(page.toUri().toString());
        Path out = directory.resolve("dom.html");
        Process browser = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(directory.resolve("browser.log").toFile())
                .start();
        try {
            assertTrue(browser.waitFor(180, TimeUnit.SECONDS), "the browser does not end");
        } finally {
            browser.destroyForcibly();
        }
        return Files.readString(out, StandardCharsets.UTF_8);
    }
}
