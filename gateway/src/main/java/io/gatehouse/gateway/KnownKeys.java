package io.gatehouse.gateway;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
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

    /** What the words of a variable lead to. */
    private record Found(String key, Type type) {

        Found below(String start) {
            return new Found(start + key, type);
        }
    }

    KnownKeys(Class<? extends Record> root) {
        this.root = root;
    }

    /** Whether a name below the prefix stands for a value. */
    boolean contains(ConfigurationPropertyName name, int prefixElements) {
        return type(name, prefixElements).filter(KnownKeys::isWritable).isPresent();
    }

    /** A key in the group that a name below the prefix stands for. Empty if it stands for none. */
    Optional<String> exampleWithin(ConfigurationPropertyName name, int prefixElements) {
        return type(name, prefixElements).filter(type -> !isWritable(type)).map(type -> name + firstKey(type));
    }

    /** The key for the words of an environment variable, such as {@code [LOGTO, APP, ID]}. Empty if there is none. */
    Optional<String> fromWords(List<String> words) {
        return found(words).filter(found -> isWritable(found.type())).map(Found::key);
    }

    /** A key in the group that the words stand for, such as {@code [LOGTO]}. Empty if they stand for none. */
    Optional<String> exampleWithin(List<String> words) {
        return found(words)
                .filter(found -> !isWritable(found.type()))
                .map(found -> found.key() + firstKey(found.type()));
    }

    /**
     * The key that is most like a text which is none, such as {@code session.idle-timout}. Empty if none is like it.
     */
    Optional<String> nearest(String text) {
        String wanted = text.replaceAll("\\[\\d+]", "[]").toLowerCase(Locale.ROOT);
        int most = Math.max(2, wanted.length() / 5);
        return keys(root, "")
                .map(key -> key.substring(1))
                .filter(key -> LevenshteinDistance.between(wanted, key) <= most)
                .min(Comparator.comparingInt(key -> LevenshteinDistance.between(wanted, key)));
    }

    /** The same for the words of an environment variable. */
    Optional<String> nearestVariable(String words) {
        String wanted = words.replaceAll("_\\d+(?=_|$)", "_<N>").toUpperCase(Locale.ROOT);
        int most = Math.max(2, wanted.length() / 5);
        return keys(root, "")
                .map(KnownKeys::variable)
                .filter(key -> LevenshteinDistance.between(wanted, key) <= most)
                .min(Comparator.comparingInt(key -> LevenshteinDistance.between(wanted, key)));
    }

    private static String variable(String key) {
        return key.substring(1).replace("[]", "_<N>").replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
    }

    private static Stream<String> keys(Type type, String start) {
        if (isRecord(type)) {
            return components(type)
                    .flatMap(component -> keys(component.getGenericType(), start + "." + kebab(component.getName())));
        }
        return isValue(type)
                ? Stream.of(start)
                : elementType(type).stream()
                        .flatMap(element -> keys(element, start + (isMap(type) ? ".<alias>" : "[]")));
    }

    private Optional<Type> type(ConfigurationPropertyName name, int prefixElements) {
        List<String> elements = Stream.iterate(prefixElements, i -> i + 1)
                .limit(Math.max(0, name.getNumberOfElements() - prefixElements))
                .map(i -> name.getElement(i, Form.UNIFORM))
                .toList();
        return type(root, elements);
    }

    private static Optional<Type> type(Type type, List<String> elements) {
        if (elements.isEmpty()) {
            return Optional.of(type);
        }
        String first = elements.getFirst();
        List<String> rest = elements.subList(1, elements.size());
        if (isRecord(type)) {
            return components(type)
                    .filter(component -> uniform(component).equals(first))
                    .flatMap(component -> type(component.getGenericType(), rest).stream())
                    .findFirst();
        }
        return elementType(type).flatMap(element -> type(element, rest));
    }

    private Optional<Found> found(List<String> words) {
        return found(
                        root,
                        words.stream()
                                .map(word -> word.toLowerCase(Locale.ROOT))
                                .toList())
                .map(found ->
                        found.key().startsWith(".") ? new Found(found.key().substring(1), found.type()) : found);
    }

    private static Optional<Found> found(Type type, List<String> words) {
        if (words.isEmpty()) {
            return Optional.of(new Found("", type));
        }
        if (isRecord(type)) {
            return components(type)
                    .flatMap(component -> found(component, words).stream())
                    .findFirst();
        }
        if (isList(type) && INDEX.matcher(words.getFirst()).matches()) {
            return elementType(type)
                    .flatMap(element -> found(element, words.subList(1, words.size())))
                    .map(found -> found.below("[" + words.getFirst() + "]"));
        }
        if (isMap(type) && elementType(type).filter(KnownKeys::isRecord).isPresent()) {
            return elementType(type)
                    .flatMap(element -> found(element, words.subList(1, words.size())))
                    .map(found -> found.below("." + words.getFirst()));
        }
        // The alias of any other map's entry may itself consist of several words.
        return isMap(type)
                ? elementType(type).map(element -> new Found("." + String.join("-", words), element))
                : Optional.empty();
    }

    private static Optional<Found> found(RecordComponent component, List<String> words) {
        String kebab = kebab(component.getName());
        List<String> own = List.of(kebab.split("-", -1));
        if (words.size() < own.size() || !words.subList(0, own.size()).equals(own)) {
            return Optional.empty();
        }
        return found(component.getGenericType(), words.subList(own.size(), words.size()))
                .map(found -> found.below("." + kebab));
    }

    private static boolean isValue(Type type) {
        boolean listOfRecords =
                isList(type) && elementType(type).filter(KnownKeys::isRecord).isPresent();
        return !isRecord(type) && !isMap(type) && !listOfRecords;
    }

    /** Whether it can be given a text: a value, or a group that has a short form. */
    private static boolean isWritable(Type type) {
        boolean hasShortForm = isRecord(type)
                && Arrays.stream(((Class<?>) type).getMethods()).anyMatch(it -> isMadeOfText(it, "valueOf"));
        return isValue(type) || hasShortForm;
    }

    /** What follows the name of a group in the name of a key. */
    private static String firstKey(Type group) {
        if (isRecord(group)) {
            return "." + kebab(components(group).findFirst().orElseThrow().getName());
        }
        return isMap(group)
                ? ".<alias>"
                : "[0]" + elementType(group).map(KnownKeys::firstKey).orElse("");
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
        return isMadeOfText(method, "of");
    }

    private static boolean isMadeOfText(Method method, String factory) {
        return method.getName().equals(factory)
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
