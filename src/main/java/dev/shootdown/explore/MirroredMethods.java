package dev.shootdown.explore;

import dev.shootdown.hart.Mirrors;
import java.lang.StackWalker.StackFrame;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the methods of one class mirror.
 *
 * <p>Frames are asked at every step of a recording. Most classes mirror nothing, and of the others most methods are told by
 * their name, so a frame is asked for its descriptor, which is slow, only where overloads differ.
 */
final class MirroredMethods {
    private static final ClassValue<MirroredMethods> OF_CLASS = new ClassValue<>() {
        @Override
        protected MirroredMethods computeValue(Class<?> type) {
            return new MirroredMethods(type);
        }
    };

    private final Map<String, List<Overload>> byName = new HashMap<>();

    private record Overload(String descriptor, Optional<String> mirrors) {}

    private MirroredMethods(Class<?> type) {
        List<? extends Executable> all = Stream.concat(
                        Arrays.stream(type.getDeclaredMethods()), Arrays.stream(type.getDeclaredConstructors()))
                .toList();
        all.stream()
                .filter(method -> method.isAnnotationPresent(Mirrors.class))
                .map(MirroredMethods::nameOf)
                .distinct()
                .forEach(name -> byName.put(
                        name,
                        all.stream()
                                .filter(method -> nameOf(method).equals(name))
                                .map(MirroredMethods::overload)
                                .toList()));
    }

    /** What the frame's method mirrors, if it says so. */
    static Optional<String> mirroredBy(StackFrame frame) {
        return OF_CLASS.get(frame.getDeclaringClass()).of(frame);
    }

    private Optional<String> of(StackFrame frame) {
        if (byName.isEmpty()) {
            return Optional.empty();
        }
        List<Overload> overloads = byName.getOrDefault(frame.getMethodName(), List.of());
        if (overloads.size() <= 1) {
            return overloads.stream().findFirst().flatMap(Overload::mirrors);
        }
        return overloads.stream()
                .filter(overload -> overload.descriptor().equals(frame.getDescriptor()))
                .findFirst()
                .flatMap(Overload::mirrors);
    }

    private static Overload overload(Executable method) {
        Class<?> result = method instanceof Method known ? known.getReturnType() : void.class;
        return new Overload(
                MethodType.methodType(result, method.getParameterTypes()).descriptorString(),
                Optional.ofNullable(method.getAnnotation(Mirrors.class)).map(Mirrors::value));
    }

    /** As frames call it. */
    private static String nameOf(Executable method) {
        return method instanceof Constructor ? "<init>" : method.getName();
    }
}
