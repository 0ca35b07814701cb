package io.gatehouse.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.problem.ProblemType;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TextsTests {

    private static final Path SOURCES = Path.of("src/main/java/io/gatehouse/gateway");
    private static final Pattern LITERAL = Pattern.compile("\"([a-z-]+(?:\\.[a-z-]+)*)\"");
    private static final Pattern GAP = Pattern.compile("\\{\\d");

    /** What Java does unless told otherwise: the language of the machine, wherever one has no texts of its own. */
    @Test
    void languageOfTheServerIsNoLanguageOfAReader() {
        Locale server = Locale.getDefault();
        Locale.setDefault(Locale.CHINA);
        try {
            assertThat(Texts.ENGLISH.get("home")).isEqualTo("Home page");
        } finally {
            Locale.setDefault(server);
        }
    }

    @Test
    void everyLanguageHasTheSameTextsWithTheSameGaps() {
        Properties english = bundle("messages.properties");
        Properties chinese = bundle("messages_zh.properties");

        assertThat(chinese.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        assertThat(english.stringPropertyNames())
                .allSatisfy(key -> assertThat(gaps(chinese, key)).as(key).isEqualTo(gaps(english, key)));
    }

    @Test
    void everyTextIsUsedAndEveryTextThatIsUsedExists() {
        Set<String> keys = bundle("messages.properties").stringPropertyNames();
        Set<String> used = new TreeSet<>(literals());
        used.retainAll(groups(keys));
        problems().forEach(used::add);

        assertThat(used).containsExactlyInAnyOrderElementsOf(keys);
    }

    @ParameterizedTest
    @MethodSource("languages")
    void everyTextCanBeShown(Texts texts) {
        assertThat(bundle("messages.properties").stringPropertyNames())
                .allSatisfy(key -> assertThat(texts.get(key, 7, 8)).isNotBlank().doesNotContain("{", "''"));
    }

    static Stream<Texts> languages() {
        return Stream.of(Texts.ENGLISH, TestDesign.CHINESE);
    }

    /** Whatever could be meant as a key: literals that are one, or begin like one. */
    private static Set<String> groups(Set<String> keys) {
        Set<String> starts = keys.stream()
                .filter(key -> key.contains("."))
                .map(key -> key.substring(0, key.indexOf('.') + 1))
                .collect(Collectors.toSet());
        return Stream.concat(
                        keys.stream(),
                        literals().stream().filter(it -> starts.stream().anyMatch(it::startsWith)))
                .collect(Collectors.toSet());
    }

    private static Stream<String> problems() {
        return Stream.of(ProblemType.values())
                .flatMap(type -> Stream.of(ProblemPages.title(type), ProblemPages.advice(type)));
    }

    private static Set<String> literals() {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(TextsTests::literals)
                    .collect(Collectors.toSet());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Stream<String> literals(Path file) {
        try {
            return LITERAL.matcher(Files.readString(file)).results().map(found -> found.group(1));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Set<String> gaps(Properties bundle, String key) {
        return GAP.matcher(bundle.getProperty(key))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    private static Properties bundle(String name) {
        var bundle = new Properties();
        try (var in = Objects.requireNonNull(Texts.class.getResourceAsStream(name));
                var text = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            bundle.load(text);
            return bundle;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
