package dev.shootdown.report;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes reports so that a reader never sees half of one: into a temporary file beside it, which is then moved into its
 * place. A run that dies while writing leaves the last report as it was.
 */
public final class ResultFiles {
    private static final String TEMPORARY = ".tmp-" + ProcessHandle.current().pid();

    private ResultFiles() {}

    /** Something that fills a directory. */
    @FunctionalInterface
    interface DirectoryWriter {
        /** Writes into this directory, which exists and is empty. */
        void writeInto(Path directory) throws IOException;
    }

    /**
     * Writes a file, or replaces it.
     *
     * @param file where; missing directories are made
     * @param text all of it
     * @throws FileSystemException if that is not possible; it names the file
     */
    public static void write(Path file, String text) throws IOException {
        try {
            replace(file, text);
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            FileSystemException named = new FileSystemException(file.toString(), null, e.getMessage());
            named.initCause(e);
            throw named;
        }
    }

    private static void replace(Path file, String text) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path temporary = file.resolveSibling("." + file.getFileName() + TEMPORARY);
        try {
            Files.writeString(temporary, text);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Writes files of these names and texts, and removes others of the same kind that an earlier run left behind. */
    static void writeAll(Path directory, Map<String, String> texts, String suffix) throws IOException {
        for (Map.Entry<String, String> text : texts.entrySet()) {
            write(directory.resolve(text.getKey()), text.getValue());
        }
        for (Path file : children(directory)) {
            String name = file.getFileName().toString();
            if (name.endsWith(suffix) && !texts.containsKey(name)) {
                Files.delete(file);
            }
        }
    }

    /** Fills a new directory and puts it in the place of the old one. */
    static void replaceDirectory(Path directory, DirectoryWriter writer) throws IOException {
        Path fresh = directory.resolveSibling("." + directory.getFileName() + TEMPORARY);
        delete(fresh);
        Files.createDirectories(fresh);
        try {
            writer.writeInto(fresh);
            delete(directory);
            Files.move(fresh, directory, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(fresh);
        }
    }

    /** Deletes a file, or a directory with everything in it, if it exists. */
    static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(path)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path one : deepestFirst) {
            Files.deleteIfExists(one);
        }
    }

    private static List<Path> children(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(directory)) {
            return all.toList();
        }
    }
}
