package io.gatehouse.gateway;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * The keys a configuration record has, in both spellings: {@code logto.app-id} of files and {@code LOGTO_APP_ID} of the
 * environment, where it cannot be seen which underscore separates keys and which words.
 */
final class KnownKeys {

    private static final Pattern INDEX = Pattern.compile("\\d{1,4}");

    private final Type root;

    KnownKeys(Class<? extends Record> root) {
        this.root = root;
    }

    /** Whether a name below the prefix stands for a value. */
    boolean contains(ConfigurationPropertyName name, int prefixElements) {
        List<String> elements = Stream.iterate(prefixElements, i -> i + 1)
                .limit(Math.max(0, name.getNumberOfElements() - prefixElements))
                .map(i -> name.getElement(i, Form.UNIFORM))
                .toList();
        return isKey(root, elements);
    }

    /** The key for the words of an environment variable, such as {@code [LOGTO, APP, ID]}. Empty if there is none. */
    Optional<String> fromWords(List<String> words) {
        return fromWords(
                        root,
                        words.stream()
                                .map(word -> word.toLowerCase(Locale.ROOT))
                                .toList())
                .map(key -> key.startsWith(".") ? key.substring(1) : key);
    }

    private static boolean isKey(Type type, List<String> elements) {
        if (elements.isEmpty()) {
            return !isRecord(type);
        }
        String first = elements.getFirst();
        List<String> rest = elements.subList(1, elements.size());
        if (isRecord(type)) {
            return components(type)
                    .filter(component -> uniform(component).equals(first))
                    .anyMatch(component -> isKey(component.getGenericType(), rest));
        }
        return elementType(type).filter(element -> isKey(element, rest)).isPresent();
    }

    private static Optional<String> fromWords(Type type, List<String> words) {
        if (words.isEmpty()) {
            return isRecord(type) ? Optional.empty() : Optional.of("");
        }
        if (isRecord(type)) {
            return components(type)
                    .flatMap(component -> fromWords(component, words).stream())
                    .findFirst();
        }
        if (isList(type) && INDEX.matcher(words.getFirst()).matches()) {
            return elementType(type)
                    .flatMap(element -> fromWords(element, words.subList(1, words.size())))
                    .map(key -> "[" + words.getFirst() + "]" + key);
        }
        // The alias of a map entry may itself consist of several words.
        return isMap(type) ? Optional.of("." + String.join("-", words)) : Optional.empty();
    }

    private static Optional<String> fromWords(RecordComponent component, List<String> words) {
        String kebab = kebab(component.getName());
        List<String> own = List.of(kebab.split("-", -1));
        if (words.size() < own.size() || !words.subList(0, own.size()).equals(own)) {
            return Optional.empty();
        }
        return fromWords(component.getGenericType(), words.subList(own.size(), words.size()))
                .map(key -> "." + kebab + key);
    }

    static String kebab(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    private static String uniform(RecordComponent component) {
        return component.getName().toLowerCase(Locale.ROOT);
    }

    private static Stream<RecordComponent> components(Type type) {
        return Arrays.stream(((Class<?>) type).getRecordComponents());
    }

    /** A record that can be made from one text is a value, any other a group of keys. */
    private static boolean isRecord(Type type) {
        return type instanceof Class<?> raw
                && raw.isRecord()
                && Arrays.stream(raw.getMethods()).noneMatch(KnownKeys::isFactory);
    }

    private static boolean isFactory(Method method) {
        return method.getName().equals("of")
                && Modifier.isStatic(method.getModifiers())
                && Arrays.equals(method.getParameterTypes(), new Class<?>[] {String.class});
    }

    private static boolean isList(Type type) {
        return type instanceof ParameterizedType generic
                && Collection.class.isAssignableFrom((Class<?>) generic.getRawType());
    }

    private static boolean isMap(Type type) {
        return type instanceof ParameterizedType generic && Map.class.isAssignableFrom((Class<?>) generic.getRawType());
    }

    private static Optional<Type> elementType(Type type) {
        return type instanceof ParameterizedType generic
                ? Optional.of(generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1])
                : Optional.empty();
    }
}
