import io.retort.inference.AnswerWriting;
import io.retort.inference.ExpertSelection;
import io.retort.inference.Retort;
import io.retort.inference.bundles.BundleException;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.GenerationOptions;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Answers the body of a POST as plain text, while it is written. One runtime serves all requests; an answer ends when its reader is
 * gone. The init parameter {@code bundle} names the bundle's directory.
 */
public final class AnswerServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final int MAX_PROMPT = 8192;
    private static final int SYMBOLS_BETWEEN_FLUSHES = 16;

    private transient Retort retort;

    @Override
    public void init() throws ServletException {
        try {
            retort = Retort.open(Path.of(getInitParameter("bundle")));
        } catch (BundleException e) {
            throw new ServletException(e.getMessage(), e);
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] prompt = request.getInputStream().readNBytes(MAX_PROMPT + 1);
        if (prompt.length > MAX_PROMPT) {
            response.sendError(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, "expected at most " + MAX_PROMPT + " bytes");
            return;
        }
        response.setContentType("text/plain;charset=UTF-8");
        ServletOutputStream out = response.getOutputStream();
        Bytes bytes = new Bytes();
        GenerationOptions options = GenerationOptions.greedy(new GenerationLimits(512));
        // In pieces, so that a write that fails, because the reader is gone, ends the answer and frees its memory.
        try (AnswerWriting writing = retort.begin(prompt, options, ExpertSelection.routed(), bytes::add)) {
            response.setHeader("Retort-Confidence", String.valueOf(writing.routing().confidence()));
            boolean more = true;
            while (more) {
                more = writing.advance(SYMBOLS_BETWEEN_FLUSHES);
                bytes.writeTo(out);
                out.flush();
            }
        }
    }

    /** Bytes that wait to be sent. */
    private static final class Bytes extends java.io.ByteArrayOutputStream {
        boolean add(byte value) {
            write(value);
            return true;
        }

        @Override
        public synchronized void writeTo(java.io.OutputStream out) throws IOException {
            super.writeTo(out);
            reset();
        }
    }
}
