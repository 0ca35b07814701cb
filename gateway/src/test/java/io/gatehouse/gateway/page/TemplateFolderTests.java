package io.gatehouse.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateFolderTests {

    private static final String LAYOUT = "<!doctype html><html {{language}}><title>{{title}} at"
            + " Acme</title>{{style}}{{brand}}<main>{{body}}</main>{{support}}";

    @TempDir
    Path directory;

    @Test
    void everyFileMayStandForOurs() throws IOException {
        write("layout.html", LAYOUT);
        write("style.css", "body { color: var(--accent); }");
        write("messages.properties", "home=Start");
        write("messages_ar.properties", "home=الصفحة الرئيسية");
        write(".mounted", "{{anything}}");
        Files.createDirectory(directory.resolve("..data"));

        TemplateFolder folder = TemplateFolder.of(directory.toString());

        assertThat(folder.layout().html()).isEqualTo(LAYOUT);
        assertThat(folder.style()).isEqualTo("body { color: var(--accent); }");
        assertThat(folder.bundles())
                .extracting(Bundle::language)
                .containsExactlyInAnyOrder(Locale.ENGLISH, Locale.forLanguageTag("ar"));
        assertThat(folder).hasToString("[layout.html, messages.properties, messages_ar.properties, style.css]");
    }

    @Test
    void whatIsNotThereIsOurs() throws IOException {
        write("messages_de.properties", "home=Startseite");

        TemplateFolder folder = TemplateFolder.of(directory.toString());

        assertThat(folder.layout()).isEqualTo(TemplateFolder.EMPTY.layout());
        assertThat(folder.style()).isEqualTo(TemplateFolder.EMPTY.style());
    }

    @Test
    void policyFollowsTheOwnStyle() throws IOException, NoSuchAlgorithmException {
        write("style.css", "body { color: var(--accent); }");
        Layout layout = TestDesign.layout(TemplateFolder.of(directory.toString()));

        String page = layout.render(Page.titled("home"), Texts.ENGLISH);
        String style = page.substring(page.indexOf("<style>") + 7, page.indexOf("</style>"));

        byte[] hash = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
        assertThat(style).contains("--accent: #2450b2", "var(--accent)");
        assertThat(layout.contentSecurityPolicy(""))
                .contains("'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
    }

    @Test
    void ownLayoutIsFilledInOnePass() throws IOException {
        write("layout.html", LAYOUT);
        Brand brand = new Brand("{{body}}", "", TestDesign.BLUE, TestDesign.BLUE, "");
        Layout layout = new Layout(TemplateFolder.of(directory.toString()), brand);

        assertThat(layout.render(Page.titled("home").text("signed-out.advice"), Texts.ENGLISH))
                .contains("<title>Home page at Acme</title>", "<span>{{body}}</span>")
                .containsOnlyOnce("On a computer that others use too");
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() throws IOException {
        write("layout.html", "<html {{language}}>{{style}}{{title}}{{nmae}}<main>{{body}}</main>");
        write("style.css", "</STYLE><script>alert(1)</script>");
        write("messages_de.properties", "hoome=x\nreference={0} {1} {2}\nsign-out={0\n");
        write("layuot.html", "");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TemplateFolder.of(directory.toString()))
                .withMessageStartingWith("cannot be used: ")
                .withMessageContaining("layout.html lacks {{brand}}, {{support}}")
                .withMessageContaining("layout.html has an unknown {{nmae}}")
                .withMessageContaining("style.css has </style in it")
                .withMessageContaining("messages_de.properties: hoome is not the key of any text")
                .withMessageContaining("messages_de.properties: reference has more gaps than 2")
                .withMessageContaining(
                        "messages_de.properties: sign-out is not in the syntax of java.text.MessageFormat")
                .withMessageContaining("layuot.html is neither layout.html nor style.css");
    }

    /** As browsers do before they compare a style with the policy. */
    @Test
    void lineEndsAndMarksOfOtherSystemsAreNoDifference() throws IOException {
        write("style.css", "\uFEFFa {\r\n}\rb {}");
        write("messages_de.properties", "\uFEFFhome=Startseite\r\n");

        TemplateFolder folder = TemplateFolder.of(directory.toString());

        assertThat(folder.style()).isEqualTo("a {\n}\nb {}");
        assertThat(folder.bundles())
                .singleElement()
                .satisfies(bundle -> assertThat(bundle.patterns()).containsEntry("home", "Startseite"));
    }

    @Test
    void whatIsNoFileOrNotForUsIsSaidAndNotRead() throws IOException {
        Files.createDirectory(directory.resolve("style.css"));
        Files.createSymbolicLink(directory.resolve("layout.html"), directory.resolve("gone"));
        Files.write(directory.resolve("logo.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G'});

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TemplateFolder.of(directory.toString()))
                .withMessageContaining("style.css is not a file")
                .withMessageContaining("layout.html is not a file")
                .withMessageContaining("logo.png is neither layout.html nor style.css");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TemplateFolder.of(" "))
                .withMessage("names no directory");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
        home=; home is blank
        signed-in-as=C'est {0}; signed-in-as has an apostrophe that is not written twice
        ago.minutes={0,choice,1#vor 1 Minute|1<vor {O} Minuten}; ago.minutes is not in the syntax
        reference={0,number}, {1}; reference is not in the syntax
        """)
    void textThatCouldNotBeShownIsRefused(String text, String complaint) throws IOException {
        write("messages_de.properties", text);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TemplateFolder.of(directory.toString()))
                .withMessageContaining("messages_de.properties: " + complaint);
    }

    @Test
    void fileThatIsNoTextIsRefused() throws IOException {
        Files.write(directory.resolve("messages_de.properties"), new byte[] {'a', '=', (byte) 0xE4});

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TemplateFolder.of(directory.toString()))
                .withMessageContaining("messages_de.properties is not a text in UTF-8");
    }

    @Test
    void directoryThatIsMissingOrEmptyIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TemplateFolder.of(directory.toString()))
                .withMessage("cannot be used: has no file");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TemplateFolder.of(directory.resolve("none").toString()))
                .withMessage("is not a directory that can be read");
    }

    @ParameterizedTest
    @CsvSource({
        "messages.properties, en",
        "messages_de.properties, de",
        "messages_pt_BR.properties, pt-BR",
        "messages_zh-TW.properties, zh-TW",
        "messages_sr_Latn.properties, sr-Latn",
        "messages_german.properties, german",
        "messages_.properties,",
        "messages_d.properties,",
        "messages_de.txt,",
        "texts_de.properties,"
    })
    void nameOfAFileSaysItsLanguage(String file, String language) {
        assertThat(Bundle.language(file).map(Locale::toLanguageTag).orElse(null))
                .isEqualTo(language);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }
}
