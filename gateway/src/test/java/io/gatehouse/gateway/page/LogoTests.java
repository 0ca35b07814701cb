package io.gatehouse.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogoTests {

    private static final String SVG = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"png, image/png", "jpeg, image/jpeg"})
    void imageIsKnownByItsContent(String format, String type) throws IOException {
        Path file = directory.resolve("logo.svg");
        ImageIO.write(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB), format, file.toFile());

        Logo logo = Logo.of(file.toString());

        assertThat(logo.type()).hasToString(type);
        assertThat(logo.name()).matches("[0-9a-f]{32}\\." + format);
        assertThat(logo.content()).isEqualTo(Files.readAllBytes(file));
    }

    @Test
    void webpIsKnownToo() throws IOException {
        assertThat(logo("RIFF\1\0\0\0WEBPVP8 ").type()).hasToString("image/webp");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SVG,
                "<?xml version=\"1.0\"?>\n<!-- drawn -->\n" + SVG,
                "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://127.0.0.1:9/svg11.dtd\">" + SVG,
                "<s:svg xmlns:s=\"http://www.w3.org/2000/svg\"><s:script>alert(1)</s:script></s:svg>"
            })
    void drawingIsKnownByItsRoot(String content) throws IOException {
        assertThat(logo(content).type()).hasToString("image/svg+xml");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GIF89a",
                "<svg/>",
                "<html xmlns=\"http://www.w3.org/1999/xhtml\"/>",
                "<svg xmlns=\"http://www.w3.org/2000/svg\">",
                "<!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><svg"
                        + " xmlns=\"http://www.w3.org/2000/svg\">&x;</svg>",
                "RIFF1234WAVE"
            })
    void anythingElseIsRefused(String content) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> logo(content))
                .withMessage("is neither an SVG nor a PNG, WebP or JPEG image");
    }

    @Test
    void fileThatIsMissingOrFarTooLargeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Logo.of(directory.resolve("none.svg").toString()))
                .withMessage("is not a file that can be read");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> logo(SVG + " ".repeat(256 * 1024)))
                .withMessage("has more than 256 KiB");
    }

    @Test
    void anotherContentHasAnotherName() throws IOException {
        assertThat(logo(SVG).name())
                .isEqualTo(logo(SVG).name())
                .isNotEqualTo(logo(SVG + "\n").name());
    }

    private Logo logo(String content) throws IOException {
        Path file = directory.resolve("logo");
        Files.write(file, content.getBytes(StandardCharsets.ISO_8859_1));
        return Logo.of(file.toString());
    }
}
