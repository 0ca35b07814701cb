package io.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.edge.EndpointPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ReadmeTests {

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.zh-CN.md"})
    void everyEndpointIsInTheTable(String name) throws IOException {
        EndpointPaths paths = new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("", EndpointPaths.class)
                .below("/auth");
        String table = String.join("\n", tableRows(name));

        assertThat(endpoints(paths))
                .hasSizeGreaterThan(13)
                .allSatisfy(path -> assertThat(table).containsPattern("[` ]" + path + "`"));
    }

    private static Stream<String> endpoints(EndpointPaths paths) {
        Stream<String> named = Arrays.stream(EndpointPaths.class.getRecordComponents())
                .map(component -> {
                    try {
                        return (String) component.getAccessor().invoke(paths);
                    } catch (ReflectiveOperationException impossible) {
                        throw new IllegalStateException(impossible);
                    }
                });
        return Stream.concat(named, Stream.of(paths.endOfSessions()));
    }

    private static Iterable<String> tableRows(String name) throws IOException {
        return Files.readAllLines(Path.of("..", name)).stream()
                .filter(line -> line.startsWith("|"))
                .toList();
    }
}
