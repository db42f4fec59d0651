package dev.shootdown.stress;

import java.io.StringWriter;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The run as JUnit reports, which every build server can show: a suite for each numbered series of tests, a test case
 * for each test. A verdict that is not as expected is a failure, a run that broke is an error, a test that this host
 * cannot run or cannot show is skipped.
 */
final class JUnitXml {
    /** The suite of findings that are about no test. */
    private static final String RUN = "Run";

    private final StressReport report;
    private final XMLStreamWriter xml;

    private JUnitXml(StressReport report, XMLStreamWriter xml) {
        this.report = report;
        this.xml = xml;
    }

    /** How a test case is marked. */
    private enum Mark {
        ERROR("error"),
        FAILURE("failure"),
        SKIPPED("skipped");

        private final String element;

        Mark(String element) {
            this.element = element;
        }

        static Mark of(Finding finding) {
            return switch (finding.severity()) {
                case BROKEN, BAD_INPUT -> ERROR;
                case NOT_AS_EXPECTED -> FAILURE;
                case AS_EXPECTED -> SKIPPED;
            };
        }
    }

    /** A test case: its name, how long its forks measured, what is wrong with it, and what it showed. */
    private record Case(String name, Duration time, List<Finding> findings, String output) {
        boolean isMarked(Mark mark) {
            return findings.stream().map(Mark::of).min(Mark::compareTo).equals(Optional.of(mark));
        }
    }

    /** The files of a run, by name. */
    static Map<String, String> files(StressReport report) {
        Map<String, List<Case>> suites = new TreeMap<>();
        for (TestObservation seen : report.observations()) {
            suites.computeIfAbsent(seen.test().suite(), name -> new ArrayList<>())
                    .add(testCase(seen, report));
        }
        List<Finding> general = report.findings().stream()
                .filter(finding -> finding.test().isEmpty())
                .toList();
        if (!general.isEmpty()) {
            suites.put(RUN, List.of(new Case("run", report.elapsed(), general, "")));
        }
        return suites.entrySet().stream()
                .collect(Collectors.toMap(
                        suite -> "TEST-stress." + suite.getKey() + ".xml",
                        suite -> text(report, suite.getKey(), suite.getValue())));
    }

    private static Case testCase(TestObservation seen, StressReport report) {
        Duration time = Duration.ofNanos(seen.statistics().activeNanos());
        String output = "race " + seen.test().race().id()
                + "\nexpected " + seen.expectedOn(report.environment().hostModel())
                + "\nobserved " + seen.verdict()
                + "\noutcomes " + seen.outcomes()
                + "\nstatistics " + seen.statistics().counters() + "\n";
        return new Case(seen.test().shortName(), time, report.findingsOn(seen.test()), output);
    }

    private static String text(StressReport report, String suite, List<Case> cases) {
        try {
            StringWriter text = new StringWriter();
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            new JUnitXml(report, xml).write(suite, cases);
            xml.close();
            return text.toString();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("cannot write the JUnit report of " + suite + " to memory", e);
        }
    }

    private void write(String suite, List<Case> cases) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeCharacters("\n");
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", "stress." + suite);
        xml.writeAttribute("tests", Integer.toString(cases.size()));
        xml.writeAttribute("errors", count(cases, Mark.ERROR));
        xml.writeAttribute("failures", count(cases, Mark.FAILURE));
        xml.writeAttribute("skipped", count(cases, Mark.SKIPPED));
        xml.writeAttribute(
                "timestamp", report.started().truncatedTo(ChronoUnit.SECONDS).toString());
        xml.writeAttribute("hostname", report.environment().cpu());
        xml.writeAttribute("time", seconds(total(cases)));
        for (Case one : cases) {
            write(suite, one);
        }
        xml.writeCharacters("\n");
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private void write(String suite, Case one) throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", "stress." + suite);
        xml.writeAttribute("name", one.name());
        xml.writeAttribute("time", seconds(one.time()));
        for (Mark mark : Mark.values()) {
            if (one.isMarked(mark)) {
                writeMark(mark, one.findings());
            }
        }
        xml.writeCharacters("\n    ");
        xml.writeStartElement("system-out");
        xml.writeCharacters(printable(one.output()));
        xml.writeEndElement();
        xml.writeCharacters("\n  ");
        xml.writeEndElement();
    }

    private void writeMark(Mark mark, List<Finding> findings) throws XMLStreamException {
        String sentences = findings.stream().map(Finding::sentence).collect(Collectors.joining("\n"));
        String worst = findings.stream()
                .filter(finding -> Mark.of(finding) == mark)
                .map(Finding::sentence)
                .findFirst()
                .orElse(sentences);
        xml.writeCharacters("\n    ");
        xml.writeStartElement(mark.element);
        xml.writeAttribute("message", printable(worst));
        xml.writeCharacters(printable(sentences));
        xml.writeEndElement();
    }

    /** XML 1.0 has no way to write most control characters, which a crashed fork's output may contain. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "?");
    }

    private static String count(List<Case> cases, Mark mark) {
        return Long.toString(cases.stream().filter(one -> one.isMarked(mark)).count());
    }

    private static Duration total(List<Case> cases) {
        return cases.stream().map(Case::time).reduce(Duration.ZERO, Duration::plus);
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f", time.toNanos() / 1e9);
    }
}
