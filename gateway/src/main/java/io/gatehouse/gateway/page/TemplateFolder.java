package io.gatehouse.gateway.page;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
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
    static final TemplateFolder EMPTY = new TemplateFolder(List.of());

    private static final String LAYOUT = "layout.html";
    private static final String STYLE = "style.css";

    private final Map<String, String> files = new TreeMap<>();
    private final List<Bundle> bundles = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    private TemplateFolder(List<Path> paths) {
        paths.forEach(this::add);
    }

    /**
     * Reads the directory that configuration names.
     *
     * @throws IllegalArgumentException with everything that is wrong with its files
     */
    public static TemplateFolder of(String directory) {
        var folder = new TemplateFolder(list(directory.strip()));
        if (folder.files.isEmpty() && folder.complaints.isEmpty()) {
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

    private static List<Path> list(String directory) {
        if (directory.isEmpty()) {
            throw new IllegalArgumentException("names no directory");
        }
        // What begins with a dot is the business of whoever mounts the directory.
        try (Stream<Path> paths = Files.list(Path.of(directory))) {
            return paths.filter(path -> !name(path).startsWith(".")).sorted().toList();
        } catch (IOException | InvalidPathException failure) {
            throw new IllegalArgumentException("is not a directory that can be read", failure);
        }
    }

    private static String name(Path file) {
        return Objects.requireNonNull(file.getFileName()).toString();
    }

    private void add(Path path) {
        String name = name(path);
        boolean known = name.equals(LAYOUT)
                || name.equals(STYLE)
                || Bundle.language(name).isPresent();
        if (!known) {
            complaints.add(name + " is neither layout.html nor style.css nor messages_<language>.properties");
        } else if (!Files.isRegularFile(path)) {
            complaints.add(name + " is not a file");
        } else {
            read(name, path);
        }
    }

    private void read(String name, Path path) {
        try {
            String text = asParsersReadIt(Files.readString(path));
            files.put(name, text);
            check(name, text);
        } catch (CharacterCodingException malformed) {
            complaints.add(name + " is not a text in UTF-8");
        } catch (IOException failure) {
            complaints.add(name + " cannot be read");
        }
    }

    /** Browsers end lines in one way before they compare the hash of a style with the policy. */
    private static String asParsersReadIt(String text) {
        return (text.startsWith("\uFEFF") ? text.substring(1) : text).replaceAll("\\r\\n?", "\n");
    }

    private void check(String file, String text) {
        switch (file) {
            case LAYOUT -> complaints.addAll(new Template(text).complaints());
            case STYLE -> checkStyle(text);
            default -> checkBundle(file, Bundle.language(file).orElseThrow(), text);
        }
    }

    /** It would end the element it stands in, and then its hash would not be that of the policy. */
    private void checkStyle(String text) {
        if (text.toLowerCase(Locale.ROOT).contains("</style")) {
            complaints.add("style.css has </style in it");
        }
        if (text.indexOf(0) >= 0) {
            complaints.add("style.css has a NUL in it");
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
