package io.retort.inference.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.retort.inference.Retort;
import io.retort.inference.bundles.TinyBundle;
import io.retort.inference.scoring.GenerationLimits;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of examples/embedding compile, and do what they say. EmbeddingIT runs the command line. */
class EmbeddingExamplesTest {
    private static final byte[] PROMPT = "2 + 2 =\n".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path temporary = Path.of("");

    private static <T> T answering(Class<T> type, Function<String, Object> byName) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    String first = arguments == null || arguments.length == 0 ? "" : ":" + arguments[0];
                    return byName.apply(method.getName() + first);
                }));
    }

    private static HttpServletRequest post(byte[] body) {
        InputStream in = new ByteArrayInputStream(body);
        ServletInputStream stream = new ServletInputStream() {
            @Override
            public int read() throws IOException {
                return in.read();
            }

            @Override
            public boolean isFinished() {
                return false;
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setReadListener(ReadListener listener) {}
        };
        return answering(HttpServletRequest.class, name -> switch (name) {
            case "getInputStream" -> stream;
            case "getMethod" -> "POST";
            default -> null;
        });
    }

    private static HttpServletResponse response(OutputStream out, List<String> calls) {
        ServletOutputStream stream = new ServletOutputStream() {
            @Override
            public void write(int value) throws IOException {
                out.write(value);
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {}
        };
        return answering(HttpServletResponse.class, name -> {
            calls.add(name);
            return name.equals("getOutputStream") ? stream : null;
        });
    }

    private HttpServlet servlet(Path bundle)
            throws ReflectiveOperationException, MalformedURLException, ServletException {
        JdkTools.run(
                "javac",
                "-Xlint:all",
                "-Werror",
                "-proc:none",
                "-cp",
                JdkTools.homeOf(Retort.class) + File.pathSeparator + JdkTools.homeOf(HttpServlet.class),
                "-d",
                temporary.resolve("classes"),
                JdkTools.EXAMPLES.resolve("AnswerServlet.java"));
        URL[] classes = {temporary.resolve("classes").toUri().toURL()};
        ClassLoader loader = new URLClassLoader(classes, getClass().getClassLoader());
        HttpServlet servlet = loader.loadClass("AnswerServlet")
                .asSubclass(HttpServlet.class)
                .getDeclaredConstructor()
                .newInstance();
        servlet.init(answering(
                ServletConfig.class, name -> name.equals("getInitParameter:bundle") ? bundle.toString() : null));
        return servlet;
    }

    @Test
    void theServletAnswersBoundsItsInputAndEndsWhereItsReaderIsGone() throws Exception {
        Path bundle = TinyBundle.write(TinyBundle.files(List.of("a", "b")), temporary.resolve("bundle"));
        HttpServlet servlet = servlet(bundle);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> calls = new ArrayList<>();
        servlet.service(post(PROMPT), response(out, calls));
        assertThat(out.toByteArray())
                .isEqualTo(Retort.open(bundle)
                        .generate(PROMPT, new GenerationLimits(512))
                        .generation()
                        .bytes());
        assertThat(calls).contains("setHeader:Retort-Confidence", "setContentType:text/plain;charset=UTF-8");

        List<String> refused = new ArrayList<>();
        servlet.service(post(new byte[8193]), response(out, refused));
        assertThat(refused).containsExactly("sendError:413");

        OutputStream gone = OutputStream.nullOutputStream();
        gone.close();
        assertThatThrownBy(() -> servlet.service(post(PROMPT), response(gone, calls)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aServletWithoutItsBundleDoesNotStart() {
        assertThatThrownBy(() -> servlet(temporary.resolve("nowhere")))
                .isInstanceOf(ServletException.class)
                .hasMessageContaining("nowhere");
    }

    private static boolean hasNode() throws InterruptedException {
        try {
            JdkTools.program("node", "--version");
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void theScriptsParse() throws IOException, InterruptedException {
        assumeTrue(hasNode(), "needs node on the path");
        JdkTools.program("node", "--check", JdkTools.EXAMPLES.resolve("ask.mjs"));
        String page = Files.readString(JdkTools.EXAMPLES.resolve("page.html"));
        String open = "<script type=\"module\">";
        Path script = temporary.resolve("page.mjs");
        Files.writeString(script, page.substring(page.indexOf(open) + open.length(), page.indexOf("</script>")));
        JdkTools.program("node", "--check", script);
    }
}
