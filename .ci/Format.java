import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks or applies the one formatting of this repository: {@code Format check|apply <directory>...}.
 *
 * <p>A program of its own because the formatter parses with the compiler of the JDK it runs on, and that has to be the
 * toolchain's, not the one that happens to run Maven.
 */
class Format {

    private static final Formatter FORMATTER = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .formatJavadoc(true)
            .build());

    static void main(String[] arguments) throws Exception {
        boolean apply = arguments[0].equals("apply");
        List<Path> offenders = new ArrayList<>();
        for (String directory : List.of(arguments).subList(1, arguments.length)) {
            for (Path file : javaFiles(Path.of(directory))) {
                String before = Files.readString(file);
                String after = FORMATTER.formatSourceAndFixImports(before);
                if (after.equals(before)) {
                    continue;
                }
                offenders.add(file);
                if (apply) {
                    Files.writeString(file, after);
                }
            }
        }
        offenders.forEach(file -> System.out.println((apply ? "formatted " : "not formatted: ") + file));
        if (!apply && !offenders.isEmpty()) {
            System.out.println("Run: mvn -q -N -Pformat validate");
            System.exit(1);
        }
    }

    private static List<Path> javaFiles(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .sorted()
                    .toList();
        }
    }
}
