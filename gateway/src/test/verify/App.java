import java.security.Principal;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** A service with nothing but what the documentation has. */
@RestController
@EnableAutoConfiguration
@Import(GatehouseSecurity.class)
public class App {

    @RequestMapping({"/orders/{rest}", "/token"})
    public String subject(Principal principal) {
        return principal.getName();
    }

    public static void main(String[] arguments) {
        SpringApplication.run(App.class, arguments);
    }
}
