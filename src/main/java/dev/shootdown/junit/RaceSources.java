package dev.shootdown.junit;

import dev.shootdown.race.Catalogue;
import dev.shootdown.race.Race;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Finds the races that a {@link RaceTest} names. */
final class RaceSources {
    private final Class<?> testClass;
    private final RaceTest annotation;

    RaceSources(Class<?> testClass, RaceTest annotation) {
        this.testClass = testClass;
        this.annotation = annotation;
    }

    /** All of them, each once, in the order in which they are named. */
    List<Race> races() {
        Set<Race> races = new LinkedHashSet<>();
        Stream.of(annotation.value()).forEach(name -> races.addAll(ofMember(name)));
        Stream.of(annotation.ids()).forEach(id -> races.add(ofId(id)));
        Stream.of(annotation.catalogue()).forEach(glob -> races.addAll(ofCatalogue(glob)));
        if (races.isEmpty()) {
            throw new Misuse("names no race: give the names of static fields or methods that hold some, ids, or"
                    + " catalogue globs");
        }
        return List.copyOf(races);
    }

    private static Race ofId(String id) {
        try {
            return Race.parse(id);
        } catch (IllegalArgumentException e) {
            throw new Misuse("names a race that there is not: " + e.getMessage(), e);
        }
    }

    private static List<Race> ofCatalogue(String glob) {
        PathMatcher matcher = matcher(glob);
        List<Race> matching = Catalogue.all().stream()
                .filter(race -> matcher.matches(Path.of(race.id())))
                .toList();
        if (matching.isEmpty()) {
            throw new Misuse("wants races of the catalogue like '" + glob + "', but none of its "
                    + Catalogue.all().size() + " is; one is '"
                    + Catalogue.all().getFirst().id() + "'");
        }
        return matching;
    }

    private static PathMatcher matcher(String glob) {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + glob);
        } catch (PatternSyntaxException e) {
            throw new Misuse("has a glob that cannot be read: " + e.getMessage(), e);
        }
    }

    private List<Race> ofMember(String name) {
        List<Member> found = members().stream()
                .filter(member -> member.getName().equals(name))
                .toList();
        if (found.isEmpty()) {
            Set<String> names = new TreeSet<>();
            members().forEach(member -> names.add(member.getName()));
            throw new Misuse("wants races from '" + name + "', but " + testClass.getName()
                    + " has no such static field or static method without parameters; those that may hold races are "
                    + names);
        }
        return races(name, valueOf(found.getFirst()));
    }

    /** The static fields and methods of the test class, and of what it inherits from, that may hold races. */
    private List<Member> members() {
        List<Member> members = new ArrayList<>();
        for (Class<?> type = testClass; type != null; type = type.getSuperclass()) {
            addMembers(type, members);
        }
        return members;
    }

    private static void addMembers(Class<?> type, Collection<Member> members) {
        for (Field field : type.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) && mayHoldRaces(field.getType())) {
                members.add(field);
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            if (Modifier.isStatic(method.getModifiers())
                    && method.getParameterCount() == 0
                    && mayHoldRaces(method.getReturnType())) {
                members.add(method);
            }
        }
        for (Class<?> above : type.getInterfaces()) {
            addMembers(above, members);
        }
    }

    private static boolean mayHoldRaces(Class<?> type) {
        return type == Race.class
                || type == Race[].class
                || Stream.class.isAssignableFrom(type)
                || Iterable.class.isAssignableFrom(type);
    }

    private static @Nullable Object valueOf(Member member) {
        try {
            ((AccessibleObject) member).setAccessible(true);
            return member instanceof Field field ? field.get(null) : ((Method) member).invoke(null);
        } catch (InvocationTargetException e) {
            throw new Misuse("wants races from '" + member.getName() + "', which threw " + e.getCause(), e.getCause());
        } catch (IllegalAccessException | RuntimeException e) {
            throw new Misuse("cannot get at '" + member.getName() + "': " + e.getMessage(), e);
        }
    }

    private static List<Race> races(String name, @Nullable Object value) {
        List<Race> races = new ArrayList<>();
        elements(value).forEach(each -> {
            if (!(each instanceof Race race)) {
                String what = each == null ? "null" : "a " + each.getClass().getName();
                throw new Misuse("wants races from '" + name + "', which has " + what + " among them");
            }
            races.add(race);
        });
        return races;
    }

    private static Stream<?> elements(@Nullable Object value) {
        return switch (value) {
            case Race[] races -> Arrays.stream(races);
            case Stream<?> stream -> stream;
            case Iterable<?> iterable -> StreamSupport.stream(iterable.spliterator(), false);
            case null, default -> Stream.of(value);
        };
    }
}
