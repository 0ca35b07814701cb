package io.gatehouse.bookstore.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTests {

    @Test
    void valuesAreEscapedInTextAndInQuotedAttributes() {
        Template template = new Template("<p title=\"{{who}}\">{{who}}</p>");

        String html = template.render(Map.of("who", "<b>\"O'Neill\" & Co</b>"));

        assertThat(html)
                .isEqualTo("<p title=\"&lt;b&gt;&quot;O&#39;Neill&quot; &amp; Co&lt;/b&gt;\">"
                        + "&lt;b&gt;&quot;O&#39;Neill&quot; &amp; Co&lt;/b&gt;</p>");
    }

    @Test
    void valueIsNotItselfATemplate() {
        Template template = new Template("{{a}}{{b}}");

        assertThat(template.render(Map.of("a", "{{b}}$1\\", "b", "B"))).isEqualTo("{{b}}$1\\B");
    }

    @Test
    void placeWithoutAValueIsABug() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Template("{{who}}").render(Map.of()))
                .withMessage("no value for {{who}}");
    }

    /** The content security policy forbids both; a page that relied on one would be broken only in a browser. */
    @ParameterizedTest
    @ValueSource(strings = {"home-signed-in", "home-signed-out", "books", "public"})
    void noPageHasAnInlineScriptOrStyle(String name) {
        String html = Template.of(name).html();

        assertThat(html)
                .doesNotContainPattern("<script(?![^>]*\\ssrc=)")
                .doesNotContainPattern("<style|\\sstyle=|\\son\\w+=");
        assertThat(html).contains("<html lang=\"en\">", "<main ", "<header>", "<nav ", "<title>Bookstore</title>");
    }
}
