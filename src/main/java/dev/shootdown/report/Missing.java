package dev.shootdown.report;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds what a record says is always there and a file left out. */
final class Missing {
    private Missing() {}

    /** The path to the first component that is null and must not be, such as {@code races[2].explored}. */
    static Optional<String> in(Record root) {
        return inRecord("", root).findFirst();
    }

    private static Stream<String> inRecord(String path, Record value) {
        return Stream.of(value.getClass().getRecordComponents()).flatMap(each -> inComponent(path, value, each));
    }

    private static Stream<String> inComponent(String path, Record owner, RecordComponent component) {
        String name = path.isEmpty() ? component.getName() : path + "." + component.getName();
        Object value = valueOf(owner, component);
        boolean optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        return value == null && optional ? Stream.of() : inValue(name, value);
    }

    private static Stream<String> inValue(String path, @Nullable Object value) {
        return switch (value) {
            case null -> Stream.of(path);
            case Record each -> inRecord(path, each);
            case List<?> list ->
                IntStream.range(0, list.size()).boxed().flatMap(at -> inValue(path + "[" + at + "]", list.get(at)));
            case Map<?, ?> map ->
                map.entrySet().stream().flatMap(each -> inValue(path + "." + each.getKey(), each.getValue()));
            default -> Stream.of();
        };
    }

    private static @Nullable Object valueOf(Record owner, RecordComponent component) {
        try {
            return component.getAccessor().invoke(owner);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a component of a record of ours cannot be read: " + component, e);
        }
    }
}
