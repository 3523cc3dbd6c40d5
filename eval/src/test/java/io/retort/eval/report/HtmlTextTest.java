package io.retort.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HtmlTextTest {
    @Test
    void escapesWhatHtmlGivesAMeaning() {
        assertThat(HtmlText.escape("<script>alert('x') && \"y\"</script>"))
                .isEqualTo("&lt;script&gt;alert(&#39;x&#39;) &amp;&amp; &quot;y&quot;&lt;/script&gt;");
    }

    @ParameterizedTest
    @CsvSource({
        "0, ␀",
        "7, ␇",
        "13, ␍",
        "27, ␛",
        "127, ␡",
        "133, ⟨U+0085⟩",
        "8238, ⟨U+202E⟩",
        "8294, ⟨U+2066⟩",
        "8203, ⟨U+200B⟩",
        "8232, ⟨U+2028⟩",
        "65279, ⟨U+FEFF⟩",
        "55357, ⟨U+D83D⟩",
        "65534, ⟨U+FFFE⟩"
    })
    void showsWhatWouldNotBeSeen(int character, String shown) {
        assertThat(HtmlText.escape("a" + (char) character + "b")).isEqualTo("a" + shown + "b");
    }

    @Test
    void leavesOtherTextAsItIs() {
        String text = "Zeile\n\tzwei: héllo 你好 😀 −½";
        assertThat(HtmlText.escape(text)).isEqualTo(text);
    }
}
