package dev.shootdown.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.shootdown.race.Freeings;
import dev.shootdown.report.VerdictsDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
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
              var numbers = function () {
                return Array.from(document.querySelectorAll('.numbers')).filter(function (each) {
                  return each.checkVisibility();
                }).length;
              };
              seen.push('numbers ' + numbers());
              if (innerWidth < 800) { document.documentElement.style.width = '360px'; }
              var isWide = function (part) { return part.scrollWidth > part.clientWidth; };
              seen.push('tight ' + Array.from(document.querySelectorAll('.cell')).some(isWide));
              seen.push('wide ' + isWide(document.body));
              var cells = document.getElementById('cells');
              cells.value = 'brief';
              cells.dispatchEvent(new Event('change'));
              seen.push('then ' + numbers());
              var verdict = document.getElementById('by-verdict');
              verdict.value = 'unsafe';
              verdict.dispatchEvent(new Event('change'));
              seen.push('unsafe ' + visible() + ' in ' + rows());
              var witness = document.querySelector('.witness');
              seen.push('packed ' + !witness.querySelector('.picture'));
              document.querySelector('a.open').click();
              var until = function (met, then) { setTimeout(met() ? then : function () { until(met, then); }, 20); };
              until(function () { return witness.querySelector('.picture'); }, function () {
                seen.push('open ' + (witness.open && witness.contains(document.activeElement)));
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
                  seen.push('its numbers ' + hidden.querySelector('.numbers').checkVisibility());
                  seen.push('wide ' + isWide(document.body));
                  seen.push('errors ' + errors.join(';'));
                  document.title = seen.join(', ');
                }, 300);
              });
            }, 100);
            </script>
            """;

    private static final String READ = """
            <script>
            setTimeout(function () {
              if (innerWidth < 800) { document.documentElement.style.width = '360px'; }
              var shown = Array.from(document.querySelectorAll('.cell dt, .cell dd')).filter(function (each) {
                return each.checkVisibility();
              });
              document.title = shown.map(function (each) {
                return each.innerText.trim().replace(/\\s+/g, ' ') + (each.matches('dt') ? ':' : ';');
              }).join(' ') + ' wide ' + (document.body.scrollWidth > document.body.clientWidth);
            }, 100);
            </script>
            """;

    private static final String ARRIVE = """
            <script>
            (function look() {
              var current = document.querySelector('.witness circle.current');
              if (!current) { setTimeout(look, 20); return; }
              var open = document.querySelector('.witness').open;
              var button = document.querySelector('.witness .key').textContent;
              var at = current.classList.contains('bad') ? button : 'another step';
              document.title = 'opened ' + open + ', at ' + at + ', errors ' + errors.join(';');
            }());
            </script>
            """;

    private static final String DO_WITHOUT = """
            <script>
            document.querySelector('a.open').click();
            setTimeout(function () {
              var notices = Array.from(document.querySelectorAll('.packed'));
              var visible = notices.filter(function (each) { return each.checkVisibility(); });
              document.title = 'notices ' + visible.length
                + ', file ' + visible[1].querySelector('a').getAttribute('href')
                + ', errors ' + errors.join(';');
            }, 300);
            </script>
            """;

    @TempDir
    Path directory;

    @BeforeEach
    void thereIsABrowser() {
        assumeTrue(Files.isExecutable(CHROMIUM), "no " + CHROMIUM + " here: the page is not opened in a browser");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 1250})
    void thePageFiltersOpensAWitnessAndSteps(int width) throws Exception {
        assertEquals(
                "all 5 in " + 2 * Freeings.values().length
                        + ", numbers 5, tight false, wide false, then 2, unsafe 1 in 1, packed true, open true, offence true,"
                        + " back true, names true, key true, first 1, cell true, its numbers true, wide false, errors ",
                seen(LISTEN, USE, width, ""));
    }

    /** On a phone as on a screen. */
    @ParameterizedTest
    @ValueSource(ints = {500, 1250})
    void aCellShowsWhatBothEnginesCounted(int width) throws Exception {
        VerdictsDocument document = SamplePage.underBothEngines(Map.of("freerNanos.1023", 10L));
        assertEquals(
                "expected: UNSAFE from SC on; before free: nothing; explored TSO: UNSAFE 20 executions; stressed: UNSAFE;"
                        + " by: jcstress; hits/s: 90 K; samples: 200 K; contended: 100 K; near misses: 500;"
                        + " interrupts: 7, 8 by proxy; freer takes: 1.0 µs, 99% within 1.0 µs; wide false",
                seen(document, LISTEN, READ, width, ""));
    }

    @Test
    void aLinkToAFailingExecutionOpensIt() throws Exception {
        String anchor = "#"
                + Pages.of(SamplePage.document(directory), directory, directory)
                        .scenes()
                        .getFirst()
                        .id();
        assertEquals("opened true, at Offending read, errors ", seen(LISTEN, ARRIVE, 1250, anchor));
    }

    @Test
    void aBrowserThatCannotInflateSaysSoAndLinksTheFiles() throws Exception {
        String old = LISTEN.replace("<script>", "<script>delete window.DecompressionStream;");
        assertEquals("notices 2, file witnesses/broken.json, errors ", seen(old, DO_WITHOUT, 500, ""));
    }

    /** What the page's own script and {@code use} left in the title; the console has to stay empty. */
    private String seen(String before, String use, int width, String anchor) throws Exception {
        return seen(SamplePage.document(directory), before, use, width, anchor);
    }

    private String seen(VerdictsDocument document, String before, String use, int width, String anchor)
            throws Exception {
        String text = HtmlReport.of(document, directory, directory).text();
        Path page = directory.resolve("index.html");
        Files.writeString(page, text.replace("<head>", "<head>" + before).replace("</body>", use + "</body>"));
        String dom = dump(page.toUri() + anchor, width);
        List<String> console = Files.readAllLines(directory.resolve("browser.log")).stream()
                .filter(line -> line.contains("CONSOLE"))
                .toList();
        assertEquals(List.of(), console);
        return dom.substring(dom.indexOf("<title>") + "<title>".length(), dom.indexOf("</title>"));
    }

    private String dump(String page, int width) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(CHROMIUM.toString()));
        command.addAll(FLAGS);
        command.add("--window-size=" + width + ",900");
        command.add("--user-data-dir=" + directory.resolve("profile"));
        command.add(page);
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
