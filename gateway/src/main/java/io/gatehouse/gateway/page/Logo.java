package io.gatehouse.gateway.page;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.springframework.http.MediaType;

/** The image that every page shows, read once. What it is, its content says and not its name. */
final class Logo {

    private static final int MAX_BYTES = 256 * 1024;
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF};

    private final byte[] content;
    private final MediaType type;
    private final String name;

    private Logo(byte[] content, String extension) {
        this.content = content;
        this.name = HexFormat.of().formatHex(Sha256.of(content), 0, 16) + "." + extension;
        this.type = MediaType.valueOf("image/" + extension + (extension.equals("svg") ? "+xml" : ""));
    }

    /**
     * Reads the file that configuration names.
     *
     * @throws IllegalArgumentException if there is none, or not an image of one of the four kinds
     */
    public static Logo of(String file) {
        byte[] content = read(file);
        if (content.length > MAX_BYTES) {
            throw new IllegalArgumentException("has more than 256 KiB");
        }
        return new Logo(
                content,
                extension(content)
                        .orElseThrow(
                                () -> new IllegalArgumentException("is neither an SVG nor a PNG, WebP or JPEG image")));
    }

    /** Not to be changed: it is the same for every request. */
    byte[] content() {
        return content;
    }

    MediaType type() {
        return type;
    }

    /** A name that no other content has, so that browsers may keep it for ever. */
    String name() {
        return name;
    }

    private static byte[] read(String file) {
        try {
            return Files.readAllBytes(Path.of(file.strip()));
        } catch (IOException | InvalidPathException failure) {
            throw new IllegalArgumentException("is not a file that can be read", failure);
        }
    }

    private static Optional<String> extension(byte[] content) {
        if (startsWith(content, PNG)) {
            return Optional.of("png");
        }
        if (startsWith(content, JPEG)) {
            return Optional.of("jpeg");
        }
        String head = new String(content, 0, Math.min(content.length, 12), StandardCharsets.ISO_8859_1);
        if (head.startsWith("RIFF") && head.endsWith("WEBP")) {
            return Optional.of("webp");
        }
        return isSvg(content) ? Optional.of("svg") : Optional.empty();
    }

    private static boolean startsWith(byte[] content, byte[] start) {
        return Arrays.equals(Arrays.copyOf(content, start.length), start);
    }

    /** Read to its end: browsers show nothing of an SVG that is not well-formed. */
    private static boolean isSvg(byte[] content) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        // No entity, and so no file or address of anybody else, is looked up.
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            return isSvg(factory.createXMLStreamReader(new ByteArrayInputStream(content)));
        } catch (XMLStreamException malformed) {
            return false;
        }
    }

    private static boolean isSvg(XMLStreamReader reader) throws XMLStreamException {
        while (reader.next() != XMLStreamConstants.START_ELEMENT) {
            // Comments, and what drawing programs write before the root.
        }
        boolean svg =
                reader.getLocalName().equals("svg") && "http://www.w3.org/2000/svg".equals(reader.getNamespaceURI());
        while (reader.hasNext()) {
            reader.next();
        }
        return svg;
    }

    /** For the report at start. */
    @Override
    public String toString() {
        return type + ", " + content.length + " bytes";
    }
}
