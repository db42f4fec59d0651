package dev.shootdown.junit;

import dev.shootdown.race.Explored;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Race;
import dev.shootdown.race.Stressed;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/** Makes an invocation of each race, engine and memory model that a {@link RaceTest} names. */
final class RaceTestExtension implements TestTemplateInvocationContextProvider {
    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        Method method = context.getRequiredTestMethod();
        RaceTest annotation =
                AnnotationSupport.findAnnotation(method, RaceTest.class).orElseThrow();
        try {
            checkLimits(annotation);
            checkParameters(method, annotation);
            return invocations(context.getRequiredTestClass(), annotation).stream();
        } catch (Misuse e) {
            throw new ExtensionConfigurationException(
                    "@RaceTest " + method.getDeclaringClass().getName() + "." + method.getName() + " " + e.getMessage(),
                    e);
        }
    }

    private static void checkLimits(RaceTest annotation) {
        if (annotation.engines().length == 0) {
            throw new Misuse("names no engine; there are " + Arrays.toString(RaceEngine.values()));
        }
        if (annotation.models().length == 0) {
            throw new Misuse("names no memory model; there are " + Arrays.toString(MemoryModel.values()));
        }
        if (annotation.bound() < 1) {
            throw new Misuse("has the bound " + annotation.bound() + "; it must be 1 execution or more");
        }
        if (annotation.stressMillis() < 1) {
            throw new Misuse("stresses for " + annotation.stressMillis() + " ms; it must be 1 or more");
        }
    }

    private static void checkParameters(Method method, RaceTest annotation) {
        Set<RaceEngine> engines = Set.of(annotation.engines());
        for (Class<?> type : method.getParameterTypes()) {
            boolean possible = type == Race.class
                    || (type == Explored.class && !engines.contains(RaceEngine.STRESS))
                    || (type == Stressed.class && !engines.contains(RaceEngine.EXPLORE));
            if (!possible) {
                throw new Misuse("has a parameter of type " + type.getName() + " on " + engines
                        + "; it may have Race, Explored if engines is EXPLORE only, Stressed if it is STRESS only");
            }
        }
    }

    private static List<TestTemplateInvocationContext> invocations(Class<?> testClass, RaceTest annotation) {
        List<TestTemplateInvocationContext> all = new ArrayList<>();
        for (Race race : new RaceSources(testClass, annotation).races()) {
            if (race.expectation().isEmpty()) {
                throw new Misuse("has a race of which nobody says what must come out: " + race.id()
                        + "; say so with expecting(…)");
            }
            for (RaceEngine engine : annotation.engines()) {
                addInvocations(race, engine, annotation, all);
            }
        }
        return all;
    }

    private static void addInvocations(
            Race race, RaceEngine engine, RaceTest annotation, List<TestTemplateInvocationContext> all) {
        switch (engine) {
            case EXPLORE -> {
                for (MemoryModel model : annotation.models()) {
                    all.add(new RaceInvocation(new ExploredRun(race, model, annotation.bound())));
                }
            }
            case STRESS -> all.add(new RaceInvocation(new StressedRun(race, annotation.stressMillis())));
        }
    }
}
