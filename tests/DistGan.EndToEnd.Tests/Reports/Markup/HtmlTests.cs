using DistGan.Client.Reports.Markup;

namespace DistGan.EndToEnd.Tests.Reports.Markup;

public sealed class HtmlTests
{
    [Fact]
    public void Add_HostileText_IsEscaped()
        => Assert.Equal(
            "<p>&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp;amp;</p>",
            Html.Of("p").Add("<script>alert('1')</script> &amp;").ToString());

    [Fact]
    public void With_HostileValue_CannotLeaveItsQuotes()
        => Assert.Equal(
            "<img alt=\"&quot; onerror=&quot;x&#39;&lt;\">",
            Html.Of("img").With("alt", "\" onerror=\"x'<").ToString());

    [Fact]
    public void Escape_ControlCharacters_AreReplaced()
        => Assert.Equal("a\uFFFDb\uFFFD\n\té\U0001F600", Html.Escape("a\0b\e\n\té\U0001F600"));

    [Fact]
    public void Add_NullAndNested_KeepsTheOrder()
        => Assert.Equal("<ul class=\"a\"><li>1</li>, <li>2</li></ul>", Html.Of("ul", "a").Add(Html.Of("li").Add("1"), null, ", ", Html.Of("li").Add("2")).ToString());

    [Fact]
    public void Raw_AnEndTagInside_IsRefused()
        => Assert.Contains("</", Assert.Throws<ArgumentException>(static () => Html.Raw("script", "let a = '</script>';")).Message, StringComparison.Ordinal);

    [Fact]
    public void Page_OfAnything_AllowsNoRequestAndItsOwnScriptByHash()
    {
        var page = HtmlPage.Write("a < b", "p { color: red }", "let a = 1;", Html.Of("p").Add("x"));

        Assert.StartsWith("<!DOCTYPE html>\n<html lang=\"en\">", page, StringComparison.Ordinal);
        Assert.Contains("default-src &#39;none&#39;; img-src data:;", page, StringComparison.Ordinal);
        // echo -n 'let a = 1;' | openssl dgst -sha256 -binary | base64
        Assert.Contains("script-src &#39;sha256-xY6QKfH9PRsQnLz56nj6MBwiK5oHg+im1Jkpdp1x/Ck=&#39;", page, StringComparison.Ordinal);
        Assert.Contains("<title>a &lt; b</title>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", page, StringComparison.Ordinal);
    }
}
