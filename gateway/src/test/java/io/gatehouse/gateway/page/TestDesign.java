package io.gatehouse.gateway.page;

import io.gatehouse.gateway.edge.CorsProperties;
import io.gatehouse.gateway.edge.EndpointPaths;
import io.gatehouse.gateway.edge.PublicUrl;
import java.util.List;
import java.util.Set;

/** The pages as they are without any configuration. */
final class TestDesign {

    static final Accent BLUE = Accent.of("#2450b2");

    static final Texts CHINESE = new Texts(Bundle.CHINESE);

    private TestDesign() {}

    static Layout layout() {
        return layout(TemplateFolder.EMPTY);
    }

    static Layout layout(TemplateFolder templates) {
        return new Layout(templates, new Brand("app.example", "", BLUE, BLUE.forDarkPages(), ""));
    }

    static OwnAnswers answers(PublicUrl publicUrl, EndpointPaths paths) {
        var cors = new Cors(new CorsProperties(Set.of()), paths);
        return new OwnAnswers(publicUrl, paths, cors, layout(), new Languages(List.of()));
    }
}
