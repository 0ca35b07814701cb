package io.gatehouse.gateway.page;

import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The color of links and buttons. It is read as text and it is read on, so it needs a contrast of 4.5 to 1 (WCAG 2.2,
 * success criterion 1.4.3).
 *
 * @param red 0 to 255
 * @param green 0 to 255
 * @param blue 0 to 255
 */
record Accent(int red, int green, int blue) {

    /** The background on which light pages show it; the card on top of it is lighter still. */
    static final Accent LIGHT_PAPER = of("#f5f6f8");

    /** The lightest background on which dark pages show it. */
    static final Accent DARK_CARD = of("#1b212b");

    private static final double ENOUGH = 4.5;

    /** What nobody has chosen need not be at the limit: mid tones look dull on dark pages. */
    private static final double AMPLE = 7;

    /**
     * Reads a color from configuration.
     *
     * @throws IllegalArgumentException if it is not written as {@code #rrggbb}
     */
    public static Accent of(String configured) {
        if (!Pattern.matches("#[0-9A-Fa-f]{6}", configured.strip())) {
            throw new IllegalArgumentException("is not a color such as #2450b2");
        }
        byte[] parts = HexFormat.of().parseHex(configured.strip().substring(1));
        return new Accent(parts[0] & 0xFF, parts[1] & 0xFF, parts[2] & 0xFF);
    }

    /** Whether text in this color can be read on that one, and the other way round. */
    boolean isReadableOn(Accent background) {
        return contrast(background) >= ENOUGH;
    }

    /** The same hue, light enough to be read with ease on dark pages. */
    Accent forDarkPages() {
        return Stream.iterate(this, Accent::lighter)
                .filter(it -> it.contrast(DARK_CARD) >= AMPLE)
                .findFirst()
                .orElseThrow();
    }

    /** From 1, the same, to 21, black on white (WCAG 2.2, "contrast ratio"). */
    double contrast(Accent other) {
        double one = luminance() + 0.05;
        double another = other.luminance() + 0.05;
        return Math.max(one, another) / Math.min(one, another);
    }

    private double luminance() {
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    }

    private static double linear(int part) {
        double share = part / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }

    private Accent lighter() {
        return new Accent(lighter(red), lighter(green), lighter(blue));
    }

    private static int lighter(int part) {
        return part + Math.ceilDiv(255 - part, 8);
    }

    /** As CSS writes it. */
    @Override
    public String toString() {
        return "#%02x%02x%02x".formatted(red, green, blue);
    }
}
