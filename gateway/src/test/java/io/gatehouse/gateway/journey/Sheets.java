package io.gatehouse.gateway.journey;

import com.microsoft.playwright.Page;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * The pictures of the pages in {@code docs/pages}: one file for each page, all its variants beside each other, small
 * and in few colors.
 */
final class Sheets {

    static final Path DIRECTORY = Path.of("..", "docs", "pages");

    private static final double SCALE = 0.5;
    private static final int GAP = 8;
    private static final int COLORS = 32;

    private static final String BOX = """
        () => {
            const parts = [...document.body.children].map(it => it.getBoundingClientRect());
            const left = Math.max(0, Math.min(...parts.map(it => it.left)) - 48);
            const right = Math.min(innerWidth, Math.max(...parts.map(it => it.right)) + 48);
            const top = Math.max(0, Math.min(...parts.map(it => it.top)) + scrollY - 24);
            return [left, top, right - left, Math.max(...parts.map(it => it.bottom)) + scrollY + 24 - top];
        }
        """;

    /** By page, then by variant in the order of their names. */
    private final Map<String, Map<String, BufferedImage>> pictures = new TreeMap<>();

    /** Takes a picture of all there is on a page, without the empty space around it. */
    void add(String page, String variant, Page shown) {
        List<?> box = (List<?>) shown.evaluate(BOX);
        List<Double> numbers =
                box.stream().map(number -> ((Number) number).doubleValue()).toList();
        byte[] png = shown.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setClip(numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3)));
        try {
            BufferedImage picture = scaled(ImageIO.read(new ByteArrayInputStream(png)));
            pictures.computeIfAbsent(page, name -> new TreeMap<>()).put(variant, picture);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void write() {
        pictures.forEach((page, variants) -> write(page, List.copyOf(variants.values())));
    }

    private static void write(String page, List<BufferedImage> variants) {
        try {
            Files.createDirectories(DIRECTORY);
            ImageIO.write(
                    fewColors(beside(variants)),
                    "png",
                    DIRECTORY.resolve(page + ".png").toFile());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static BufferedImage scaled(BufferedImage picture) {
        int width = (int) (picture.getWidth() * SCALE);
        int height = (int) (picture.getHeight() * SCALE);
        var smaller = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = smaller.createGraphics();
        pen.drawImage(picture.getScaledInstance(width, height, Image.SCALE_AREA_AVERAGING), 0, 0, null);
        pen.dispose();
        return smaller;
    }

    /** In two rows of as many. */
    private static BufferedImage beside(List<BufferedImage> variants) {
        List<List<BufferedImage>> rows = List.of(
                variants.subList(0, variants.size() / 2), variants.subList(variants.size() / 2, variants.size()));
        int width = rows.stream().mapToInt(Sheets::width).max().orElseThrow();
        int height = rows.stream().mapToInt(Sheets::height).sum();
        var sheet = new BufferedImage(width + GAP, height + GAP, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = sheet.createGraphics();
        pen.setColor(Color.GRAY);
        pen.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        draw(pen, rows.getFirst(), GAP);
        draw(pen, rows.getLast(), GAP + height(rows.getFirst()));
        pen.dispose();
        return sheet;
    }

    private static int width(List<BufferedImage> row) {
        return row.stream().mapToInt(picture -> picture.getWidth() + GAP).sum();
    }

    private static int height(List<BufferedImage> row) {
        return row.stream().mapToInt(BufferedImage::getHeight).max().orElseThrow() + GAP;
    }

    private static void draw(Graphics2D pen, List<BufferedImage> row, int top) {
        int left = GAP;
        for (BufferedImage picture : row) {
            pen.drawImage(picture, left, top, null);
            left += picture.getWidth() + GAP;
        }
    }

    private static BufferedImage fewColors(BufferedImage picture) {
        int[] pixels = picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
        Map<Integer, Integer> often = new HashMap<>();
        for (int pixel : pixels) {
            often.merge(pixel & 0xFCFCFC, 1, Integer::sum);
        }
        int[] palette = often.entrySet().stream()
                .sorted(Map.Entry.<Integer, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(COLORS)
                .mapToInt(Map.Entry::getKey)
                .toArray();
        var colors = new IndexColorModel(8, palette.length, palette, 0, false, -1, 0);
        var result =
                new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, colors);
        Map<Integer, Integer> nearest = new HashMap<>();
        byte[] indexes = new byte[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            indexes[i] = nearest.computeIfAbsent(pixels[i], pixel -> nearest(palette, pixel))
                    .byteValue();
        }
        result.getRaster().setDataElements(0, 0, picture.getWidth(), picture.getHeight(), indexes);
        return result;
    }

    private static int nearest(int[] palette, int pixel) {
        return IntStream.range(0, palette.length)
                .boxed()
                .min(Comparator.comparingInt(index -> distance(palette[index], pixel)))
                .orElseThrow();
    }

    private static int distance(int one, int other) {
        int distance = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int part = (one >> shift & 0xFF) - (other >> shift & 0xFF);
            distance += part * part;
        }
        return distance;
    }
}
