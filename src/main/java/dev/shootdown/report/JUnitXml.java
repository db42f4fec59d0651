package dev.shootdown.report;

import dev.shootdown.explore.CanaryResult;
import dev.shootdown.explore.Exploration;
import dev.shootdown.explore.ExploreResult;
import dev.shootdown.explore.ExploredRace;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Verdict;
import dev.shootdown.stress.ExitCode;
import dev.shootdown.stress.Finding;
import dev.shootdown.stress.Finding.Subject;
import dev.shootdown.stress.TestObservation;
import java.io.StringWriter;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The run as JUnit reports, which every build server can show: a suite for each numbered series of stress tests, with a test
 * case for each test, and a suite for exploration, with a test case for each race and memory model. A verdict that is not as expected is a failure, a run that broke is an error, a test that this host
 * cannot run or cannot show is skipped.
 */
final class JUnitXml {
    /** The suite of findings that are about no test. */
    private static final String RUN = "run";

    private static final String EXPLORE = "explore";
    private static final String STRESS = "stress.";

    private final RunReport report;
    private final XMLStreamWriter xml;

    private JUnitXml(RunReport report, XMLStreamWriter xml) {
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

    /** A test case: its name, how long it took, what is wrong with it, and what it showed. */
    private record Case(String name, Duration time, List<Finding> findings, String output) {
        boolean isMarked(Mark mark) {
            return findings.stream().map(Mark::of).min(Mark::compareTo).equals(Optional.of(mark));
        }
    }

    /** The files of a run, by name. */
    static Map<String, String> files(RunReport report) {
        Map<String, List<Case>> suites = new TreeMap<>();
        for (TestObservation seen : report.observations()) {
            suites.computeIfAbsent(STRESS + seen.test().suite(), name -> new ArrayList<>())
                    .add(testCase(seen, report));
        }
        report.explored().ifPresent(explored -> suites.put(EXPLORE, cases(explored, report)));
        List<Finding> general = report.findingsOn(new Subject.WholeRun());
        if (!general.isEmpty()) {
            suites.put(RUN, List.of(new Case(RUN, report.elapsed(), general, "")));
        }
        return suites.entrySet().stream()
                .collect(Collectors.toMap(
                        suite -> "TEST-" + suite.getKey() + ".xml",
                        suite -> text(report, suite.getKey(), suite.getValue())));
    }

    private static Case testCase(TestObservation seen, RunReport report) {
        Duration time = Duration.ofNanos(seen.statistics().activeNanos());
        String name = seen.test().shortName();
        String output = "race " + seen.test().race().id()
                + "\nexpected " + seen.expectedOn(report.environment().hostModel())
                + "\nobserved " + seen.verdict()
                + "\noutcomes " + seen.outcomes()
                + "\nstatistics " + seen.statistics().counters() + "\n";
        return new Case(name, time, report.findingsOn(new Subject.OneTest(name)), output);
    }

    private static List<Case> cases(Explorations explored, RunReport report) {
        List<Case> cases = new ArrayList<>();
        for (CanaryResult canary : explored.canaries()) {
            Subject.OneExploration subject =
                    new Subject.OneExploration(canary.canary().name(), canary.model());
            cases.add(explorationCase(subject, Duration.ZERO, canary.expected(), canary.result(), report));
        }
        explored.runs().stream()
                .flatMap(run -> run.races().stream())
                .map(race -> explorationCase(race, report))
                .forEach(cases::add);
        return cases;
    }

    private static Case explorationCase(ExploredRace race, RunReport report) {
        return explorationCase(Explorations.subjectOf(race), race.elapsed(), race.expected(), race.result(), report);
    }

    private static Case explorationCase(
            Subject.OneExploration subject, Duration time, Verdict expected, ExploreResult result, RunReport report) {
        List<Finding> findings = new ArrayList<>(report.findingsOn(subject));
        if (findings.isEmpty() && result instanceof ExploreResult.Refused(String why)) {
            findings.add(new Finding(subject, ExitCode.AS_EXPECTED, "not run: " + why));
        }
        String output = "expected " + expected
                + "\nexplored " + result.verdict()
                + result.exploration().map(JUnitXml::counts).orElse("")
                + result.message().map(message -> "\n" + message).orElse("")
                + caveat(subject.model()) + "\n";
        return new Case(subject.program() + " under " + subject.model(), time, findings, output);
    }

    private static String counts(Exploration found) {
        return "\nexecutions " + found.executions() + "\npruned " + found.pruned() + "\noutcomes "
                + new TreeSet<>(found.outcomes());
    }

    private static String caveat(MemoryModel model) {
        return model.caveat().map(sentence -> "\n" + sentence).orElse("");
    }

    private static String text(RunReport report, String suite, List<Case> cases) {
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
        xml.writeAttribute("name", suite);
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
