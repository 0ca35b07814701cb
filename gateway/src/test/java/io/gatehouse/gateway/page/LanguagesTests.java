package io.gatehouse.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

class LanguagesTests {

    private final Languages languages = new Languages(List.of());

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        zh                                     | zh
        zh-CN,zh;q=0.9,en;q=0.8                | zh
        zh-TW                                  | zh
        zh-Hans-SG                             | zh
        fr-FR,fr;q=0.9,zh-CN;q=0.5             | zh
        en;q=0.5, zh;q=0.8                     | zh
        en-US,en;q=0.9,zh;q=0.8                | en
        fr-FR,fr;q=0.9                         | en
        zh;q=0, fr                             | en
        *                                      | en
        ''                                     | en
        zh;q=often                             | en
        <script>                               | en
        """)
    void readerGetsTheLanguageTheyPreferAmongOurs(String preferences, String language) {
        assertThat(chosen("/", preferences)).isEqualTo(language);
    }

    @Test
    void readerWhoSaysNothingOrFarTooMuchGetsEnglish() {
        assertThat(languages
                        .of(MockServerWebExchange.from(MockServerHttpRequest.get("/")))
                        .language())
                .isEqualTo("en");
        assertThat(chosen("/", "zh," + "fr,".repeat(5_000) + "zh")).isEqualTo("en");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        zh                       | en | zh
        zh-CN                    | en | zh
        fr zh                    | en | zh
        en zh                    | zh | en
        fr                       | zh | zh
        zh,en                    | en | en
        zh;q=1                   | en | en
        <script>                 | zh | zh
        ''                       | zh | zh
        zh zh zh zh zh zh zh zh zh zh zh | en | en
        """)
    void languageThatIsAskedForComesFirst(String uiLocales, String preferences, String language) {
        assertThat(chosen(uiLocales, preferences, languages)).isEqualTo(language);
    }

    @Test
    void operatorAddsALanguageAndWhatItLacksIsEnglish() {
        var added = new Languages(List.of(bundle("fr", "home=Accueil"), bundle("ar", "home=الصفحة الرئيسية")));

        Texts french = texts(added, "fr-CA");
        assertThat(french.language()).isEqualTo("fr");
        assertThat(french.get("home")).isEqualTo("Accueil");
        assertThat(french.get("sign-out")).isEqualTo("Sign out");
        assertThat(texts(added, "zh").get("home")).isEqualTo("返回首页");
        assertThat(texts(added, "de").get("home")).isEqualTo("Home page");
    }

    @Test
    void operatorReplacesATextAndWhatLacksItGetsTheirs() {
        var replaced = new Languages(
                List.of(bundle("en", "home=Start"), bundle("zh", "sign-out=再见"), bundle("fr", "sign-out=Sortir")));

        assertThat(texts(replaced, "en").get("home")).isEqualTo("Start");
        assertThat(texts(replaced, "zh").get("home")).isEqualTo("返回首页");
        assertThat(texts(replaced, "zh").get("sign-out")).isEqualTo("再见");
        assertThat(texts(replaced, "fr").get("home")).isEqualTo("Start");
        assertThat(Texts.ENGLISH.get("home")).isEqualTo("Home page");
    }

    @ParameterizedTest
    @CsvSource({"ar, true", "he, true", "fa, true", "ur, true", "ar-EG, true", "de, false", "zh-TW, false"})
    void pageRunsTheWayItsLanguageDoes(String language, boolean leftwards) {
        Texts texts = new Texts(bundle(language, ""));

        assertThat(texts.attributes()).isEqualTo("lang=\"" + language + "\"" + (leftwards ? " dir=\"rtl\"" : ""));
    }

    @Test
    void someTextsAreThereInEveryLanguage() {
        var own = new Languages(List.of(bundle("de", "home=Startseite")));

        assertThat(own.all(List.of("home", "check-again")))
                .isEqualTo(Map.of(
                        "de", List.of("Startseite", "Check again"),
                        "en", List.of("Home page", "Check again"),
                        "zh", List.of("返回首页", "再次检查")));
    }

    private static Bundle bundle(String language, String text) {
        return Bundle.of(Locale.forLanguageTag(language), text);
    }

    private static Texts texts(Languages languages, String preferences) {
        return languages.of(MockServerWebExchange.from(
                MockServerHttpRequest.get("/").header(HttpHeaders.ACCEPT_LANGUAGE, preferences)));
    }

    private String chosen(String path, String preferences) {
        return chosen(MockServerHttpRequest.get(path), preferences, languages);
    }

    private static String chosen(String uiLocales, String preferences, Languages languages) {
        return chosen(MockServerHttpRequest.get("/").queryParam("ui_locales", uiLocales), preferences, languages);
    }

    private static String chosen(
            MockServerHttpRequest.BaseBuilder<?> request, String preferences, Languages languages) {
        return languages
                .of(MockServerWebExchange.from(request.header(HttpHeaders.ACCEPT_LANGUAGE, preferences)))
                .language();
    }
}
