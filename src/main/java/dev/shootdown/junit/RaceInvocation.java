package dev.shootdown.junit;

import dev.shootdown.race.Expectation;
import dev.shootdown.race.Race;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;

/** One invocation of a {@link RaceTest}: its name, its parameters, and what is checked before its body. */
record RaceInvocation(RaceRun run) implements TestTemplateInvocationContext, ParameterResolver, InvocationInterceptor {
    @Override
    public String getDisplayName(int index) {
        Race race = run.race();
        String expected =
                race.expectation().map(Expectation::verdict).orElseThrow().name();
        return race.id() + " " + run.how() + ", expected " + expected;
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
        return List.of(this);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getDeclaringExecutable() instanceof Method;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Race.class ? run.race() : run.result();
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> body, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        try {
            run.check();
        } catch (Throwable failed) {
            body.skip();
            throw failed;
        }
        body.proceed();
    }
}
