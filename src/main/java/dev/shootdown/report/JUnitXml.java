package dev.shootdown.report;

import dev.shootdown.race.MemoryModel;
import dev.shootdown.report.VerdictsDocument.CanaryEntry;
import dev.shootdown.report.VerdictsDocument.Exploration;
import dev.shootdown.report.VerdictsDocument.Explored;
import dev.shootdown.report.VerdictsDocument.FindingEntry;
import dev.shootdown.report.VerdictsDocument.Race;
import dev.shootdown.report.VerdictsDocument.Stressed;
import dev.shootdown.stress.ExitCode;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * Results as JUnit reports, which every build server can show: a suite for each numbered series of stress tests, with a test
 * case for each test; one for races that were stressed without a test of their own; and one for exploration, with a test case
 * for each race and memory model. A verdict that is not as expected is a failure, a run that broke is an error, a test that
 * this host cannot run or cannot show is skipped.
 */
final class JUnitXml {
    /** The suite of findings that are about no test. */
    private static final String RUN = "run";

    private static final String EXPLORE = "explore";
    private static final String STRESS = "stress";

    private final VerdictsDocument document;
    private final XMLStreamWriter xml;

    private JUnitXml(VerdictsDocument document, XMLStreamWriter xml) {
        this.document = document;
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

        static Mark of(FindingEntry finding) {
            return switch (ExitCode.of(finding.exitCode()).orElseThrow()) {
                case BROKEN, BAD_INPUT -> ERROR;
                case NOT_AS_EXPECTED -> FAILURE;
                case AS_EXPECTED -> SKIPPED;
            };
        }
    }

    /** A test case: its name, how long it took, what is wrong with it, and what it showed. */
    private record Case(String name, Duration time, List<FindingEntry> findings, String output) {
        boolean isMarked(Mark mark) {
            return findings.stream().map(Mark::of).min(Mark::compareTo).equals(Optional.of(mark));
        }
    }

    /** The files of a run, by name. */
    static Map<String, String> files(VerdictsDocument document) {
        Map<String, List<Case>> suites = new TreeMap<>();
        addTests(document, suites);
        List<Case> explored = explorations(document);
        if (!explored.isEmpty()) {
            suites.put(EXPLORE, explored);
        }
        addOthers(document, suites);
        return suites.entrySet().stream()
                .collect(Collectors.toMap(
                        suite -> "TEST-" + suite.getKey() + ".xml",
                        suite -> text(document, suite.getKey(), suite.getValue())));
    }

    /**
     * What is about nothing that has a case of its own: the run, a race that broke before it had any result, or one that merged
     * runs contradict each other in.
     */
    private static void addOthers(VerdictsDocument document, Map<String, List<Case>> suites) {
        List<FindingEntry> others = new ArrayList<>(document.findings());
        suites.values().forEach(cases -> cases.forEach(one -> others.removeAll(one.findings())));
        if (!others.isEmpty()) {
            Duration elapsed = Duration.ofMillis(Objects.requireNonNullElse(document.elapsedMillis(), 0L));
            List<Case> cases = new ArrayList<>();
            bySubject(others)
                    .forEach((subject, findings) ->
                            cases.add(new Case(subject, subject.equals(RUN) ? elapsed : Duration.ZERO, findings, "")));
            suites.put(RUN, cases);
        }
    }

    private static Map<String, List<FindingEntry>> bySubject(List<FindingEntry> findings) {
        return findings.stream()
                .collect(Collectors.groupingBy(JUnitXml::subject, LinkedHashMap::new, Collectors.toList()));
    }

    private static String subject(FindingEntry finding) {
        return Stream.of(finding.test(), finding.explored())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(RUN);
    }

    private static void addTests(VerdictsDocument document, Map<String, List<Case>> suites) {
        for (Race race : document.races()) {
            Stressed seen = race.stressed();
            if (seen != null) {
                suites.computeIfAbsent(suite(race, seen), name -> new ArrayList<>())
                        .add(testCase(race, seen, document));
            }
        }
    }

    /** The numbered series a test belongs to; one for all races that were stressed without a test of their own. */
    private static String suite(Race race, Stressed seen) {
        if (seen.test().equals(race.id())) {
            return STRESS;
        }
        int underscore = seen.shortName().indexOf('_');
        return STRESS + "." + (underscore > 0 ? seen.shortName().substring(0, underscore) : seen.shortName());
    }

    private static Case testCase(Race race, Stressed seen, VerdictsDocument document) {
        String output = "race " + race.id()
                + "\nexpected " + seen.expected()
                + "\nobserved " + seen.verdict()
                + "\noutcomes " + seen.outcomes()
                + "\nstatistics " + seen.statistics() + "\n";
        List<FindingEntry> findings = document.findings().stream()
                .filter(each -> each.isAboutTest(seen.test()))
                .toList();
        return new Case(seen.shortName(), Duration.ofMillis(seen.activeMillis()), findings, output);
    }

    private static List<Case> explorations(VerdictsDocument document) {
        List<Case> cases = new ArrayList<>();
        Exploration exploration = document.exploration();
        if (exploration != null) {
            exploration.canaries().forEach(each -> cases.add(canaryCase(each, document)));
        }
        for (Race race : document.races()) {
            race.explored().forEach(each -> cases.add(explorationCase(race, each, document)));
        }
        return cases;
    }

    private static Case canaryCase(CanaryEntry canary, VerdictsDocument document) {
        String output = "expected " + canary.expected() + "\nexplored " + canary.verdict() + message(canary.message())
                + caveat(canary.memoryModel()) + "\n";
        List<FindingEntry> findings = findings(canary.name(), canary.memoryModel(), document);
        String why = Objects.requireNonNullElse(canary.message(), "no reason was given");
        return new Case(
                canary.name() + " under " + canary.memoryModel(),
                Duration.ZERO,
                canary.notRun() && findings.isEmpty() ? List.of(notRun(why)) : findings,
                output);
    }

    private static Case explorationCase(Race race, Explored explored, VerdictsDocument document) {
        String output = "expected " + explored.expected() + "\nexplored " + explored.verdict()
                + (explored.message() == null ? counts(explored) : message(explored.message()))
                + caveat(explored.memoryModel()) + "\n";
        List<FindingEntry> findings = findings(race.id(), explored.memoryModel(), document);
        String why = Objects.requireNonNullElse(explored.message(), "no reason was given");
        return new Case(
                race.id() + " under " + explored.memoryModel(),
                Duration.ofMillis(explored.millis()),
                explored.notRun() && findings.isEmpty() ? List.of(notRun(why)) : findings,
                output);
    }

    private static List<FindingEntry> findings(String program, MemoryModel model, VerdictsDocument document) {
        return document.findings().stream()
                .filter(each -> program.equals(each.explored()) && model == each.memoryModel())
                .toList();
    }

    private static FindingEntry notRun(String why) {
        return new FindingEntry(null, null, null, ExitCode.AS_EXPECTED.number(), "not run: " + why);
    }

    private static String counts(Explored found) {
        return "\nexecutions " + found.executions() + "\npruned " + found.pruned() + "\noutcomes " + found.outcomes();
    }

    private static String message(@Nullable String message) {
        return message == null ? "" : "\n" + message;
    }

    private static String caveat(MemoryModel model) {
        return model.caveat().map(sentence -> "\n" + sentence).orElse("");
    }

    private static String text(VerdictsDocument document, String suite, List<Case> cases) {
        try {
            StringWriter text = new StringWriter();
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            new JUnitXml(document, xml).write(suite, cases);
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
        xml.writeAttribute("name", suite);
        xml.writeAttribute("tests", Integer.toString(cases.size()));
        xml.writeAttribute("errors", count(cases, Mark.ERROR));
        xml.writeAttribute("failures", count(cases, Mark.FAILURE));
        xml.writeAttribute("skipped", count(cases, Mark.SKIPPED));
        Instant started = document.started();
        if (started != null) {
            xml.writeAttribute(
                    "timestamp", started.truncatedTo(ChronoUnit.SECONDS).toString());
        }
        xml.writeAttribute("hostname", document.environment().cpu());
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
        xml.writeAttribute("classname", suite);
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

    private void writeMark(Mark mark, List<FindingEntry> findings) throws XMLStreamException {
        String sentences = findings.stream().map(FindingEntry::sentence).collect(Collectors.joining("\n"));
        String worst = findings.stream()
                .filter(finding -> Mark.of(finding) == mark)
                .map(FindingEntry::sentence)
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
