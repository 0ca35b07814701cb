package io.gatehouse.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccentTests {

    /** The figures that WebAIM's and other checkers show. */
    @ParameterizedTest
    @CsvSource({
        "#000000, #ffffff, 21.00",
        "#ffffff, #ffffff, 1.00",
        "#777777, #ffffff, 4.48",
        "#767676, #ffffff, 4.54",
        "#ff0000, #ffffff, 4.00",
        "#0000ff, #ffffff, 8.59"
    })
    void contrastIsThatOfTheStandard(String one, String other, double ratio) {
        assertThat(Accent.of(one).contrast(Accent.of(other))).isEqualTo(ratio, within(0.005));
        assertThat(Accent.of(other).contrast(Accent.of(one))).isEqualTo(ratio, within(0.005));
    }

    @Test
    void limitIsFourAndAHalf() {
        assertThat(Accent.of("#767676").isReadableOn(Accent.of("#ffffff"))).isTrue();
        assertThat(Accent.of("#777777").isReadableOn(Accent.of("#ffffff"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"#000000", "#2450b2", "#7a0019", "#005a2b", "#0000ff", "#8fb0ff", "#ffffff"})
    void darkPagesGetALighterToneOfIt(String accent) {
        Accent dark = Accent.of(accent).forDarkPages();

        assertThat(dark.contrast(Accent.DARK_CARD)).isGreaterThanOrEqualTo(7);
        assertThat(dark.forDarkPages()).isEqualTo(dark);
    }

    /** The style has these colors, and a contrast is computed with them. */
    @Test
    void backgroundsAreThoseOfTheStyle() {
        String style = Resource.text("style.css");

        assertThat(style).contains("--paper: " + Accent.LIGHT_PAPER + ";", "--card: " + Accent.DARK_CARD + ";");
        assertThat(Accent.of("#2450b2").isReadableOn(Accent.LIGHT_PAPER)).isTrue();
    }

    @Test
    void colorsOfTheGuideCanBeRead() throws IOException {
        String guide = Files.readString(Path.of("..", "docs", "pages.md"));

        assertThat(example(guide, "accent").isReadableOn(Accent.LIGHT_PAPER)).isTrue();
        assertThat(example(guide, "accent-dark").isReadableOn(Accent.DARK_CARD)).isTrue();
        assertThat(guide).contains(Accent.LIGHT_PAPER.toString(), Accent.DARK_CARD.toString());
    }

    private static Accent example(String guide, String key) {
        Matcher value = Pattern.compile("    " + key + ": \"(#[0-9a-f]{6})\"").matcher(guide);
        assertThat(value.find()).isTrue();
        return Accent.of(value.group(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "blue", "#fff", "2450b2", "#2450b2ff", "#2450bg", "#2450b2; } body { color: red"})
    void anythingElseIsNoColor(String configured) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Accent.of(configured))
                .withMessage("is not a color such as #2450b2");
    }
}
