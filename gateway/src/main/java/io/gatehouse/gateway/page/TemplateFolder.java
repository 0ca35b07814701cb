package io.gatehouse.gateway.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A directory of an operator's own files, which stand in for ours or add languages. All of it is read and checked once,
 * at start.
 */
final class TemplateFolder {

    /** None: all files are ours. */
    static final TemplateFolder EMPTY = new TemplateFolder(Map.of());

    private static final String LAYOUT = "layout.html";
    private static final String STYLE = "style.css";

    private final Map<String, String> files;
    private final List<Bundle> bundles = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    private TemplateFolder(Map<String, String> files) {
        this.files = Map.copyOf(files);
        files.forEach(this::check);
    }

    /**
     * Reads the directory that configuration names.
     *
     * @throws IllegalArgumentException with everything that is wrong with its files
     */
    public static TemplateFolder of(String directory) {
        var folder = new TemplateFolder(read(directory.strip()));
        if (folder.files.isEmpty()) {
            folder.complaints.add("has no file");
        }
        if (!folder.complaints.isEmpty()) {
            throw new IllegalArgumentException("cannot be used: " + String.join("; ", folder.complaints));
        }
        return folder;
    }

    Template layout() {
        return new Template(text(LAYOUT));
    }

    String style() {
        return text(STYLE);
    }

    List<Bundle> bundles() {
        return List.copyOf(bundles);
    }

    private String text(String file) {
        String own = files.get(file);
        return own == null ? Resource.text(file) : own;
    }

    private static Map<String, String> read(String directory) {
        try (Stream<Path> files = Files.list(Path.of(directory))) {
            Map<String, String> texts = new TreeMap<>();
            // What begins with a dot is the business of whoever mounts the directory.
            List<Path> visible = files.filter(Files::isRegularFile)
                    .filter(file -> !name(file).startsWith("."))
                    .toList();
            for (Path file : visible) {
                texts.put(name(file), text(file));
            }
            return texts;
        } catch (IOException | InvalidPathException failure) {
            throw new IllegalArgumentException("is not a directory that can be read", failure);
        }
    }

    private static String name(Path file) {
        return Objects.requireNonNull(file.getFileName()).toString();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new IllegalArgumentException("cannot be used: " + name(file) + " is not a text in UTF-8", failure);
        }
    }

    private void check(String file, String text) {
        switch (file) {
            case LAYOUT -> complaints.addAll(new Template(text).complaints());
            case STYLE -> checkStyle(text);
            default ->
                Bundle.language(file)
                        .ifPresentOrElse(
                                language -> checkBundle(file, language, text),
                                () -> complaints.add(file
                                        + " is neither layout.html nor style.css nor messages_<language>.properties"));
        }
    }

    /** It would end the element it stands in, and then its hash would not be that of the policy. */
    private void checkStyle(String text) {
        if (text.toLowerCase(Locale.ROOT).contains("</style")) {
            complaints.add("style.css has </style in it");
        }
    }

    private void checkBundle(String file, Locale language, String text) {
        try {
            Bundle bundle = Bundle.of(language, text);
            bundle.complaints().forEach(complaint -> complaints.add(file + ": " + complaint));
            bundles.add(bundle);
        } catch (IllegalArgumentException malformed) {
            complaints.add(file + " is not in the syntax of properties");
        }
    }

    /** For the report at start. */
    @Override
    public String toString() {
        return files.keySet().stream().sorted().toList().toString();
    }
}
