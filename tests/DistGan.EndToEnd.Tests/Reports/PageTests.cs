using DistGan.Client.Reports;
using DistGan.EndToEnd.Tests.Browser;
using DistGan.EndToEnd.Tests.Processes;

namespace DistGan.EndToEnd.Tests.Reports;

/// <summary>Pages as a browser shows them.</summary>
public sealed class PageTests : IDisposable
{
    private const int Desktop = 1280;
    private const int Phone = 390;

    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly TempFolder _folder = new();
    private readonly HeadlessBrowser _browser = new();

    public void Dispose()
    {
        _browser.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void RunPage_Opened_ShowsEverythingAndAsksNothingOfANetwork()
    {
        _browser.Open(Report(WrittenRun.Complete(_folder, "whole")), Desktop);

        Assert.Equal("whole", _browser.One("h1").Text);
        Assert.Equal(["Curves", "Samples", "Scores", "Events", "Recipe", "Machine"], _browser.All("h2").Select(static heading => heading.Text));
        Assert.Equal(
            ["Losses", "FID", "Accuracy of the discriminator", "Throughput in images a second", "Something new"],
            _browser.All(".plot figcaption").Select(static title => title.Text.Replace(" (logarithmic)", "", StringComparison.Ordinal)));
        Assert.True(_browser.Evaluate<bool>("[...document.images].every(image => image.complete && image.naturalWidth > 0)"));
        AssertQuiet();
    }

    [Fact]
    public void Slider_Moved_ShowsTheSamplesOfThatStep()
    {
        _browser.Open(Report(WrittenRun.Complete(_folder, "whole")), Desktop);
        var slider = _browser.One(".slider input");

        slider.SendKeys(OpenQA.Selenium.Keys.Home);
        slider.SendKeys(OpenQA.Selenium.Keys.ArrowRight);

        Assert.Equal("step 200", _browser.One(".slider output").Text);
        Assert.Equal(["200"], _browser.All(".frame").Where(static frame => frame.Displayed).Select(static frame => frame.GetAttribute("data-step")));
    }

    [Fact]
    public void Plot_FocusedAndStepped_ReadsOutValuesAndGaps()
    {
        _browser.Open(Report(WrittenRun.Complete(_folder, "whole")), Desktop);
        var svg = _browser.All(".plot svg")[0];

        svg.SendKeys(OpenQA.Selenium.Keys.Home);
        var first = _browser.All(".readout")[0].Text;
        svg.SendKeys(string.Concat(Enumerable.Repeat(OpenQA.Selenium.Keys.ArrowRight, 19)));

        Assert.Equal("step 10: discriminator 0.1, generator 1", first);
        Assert.Equal("step 200: discriminator –, generator 1", _browser.All(".readout")[0].Text);
        Assert.Contains("on", _browser.All(".cursor")[0].GetAttribute("class")!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Phone)]
    [InlineData(Desktop)]
    public void Pages_AnyWidth_DoNotScrollSideways(int width)
    {
        var runs = new[] { WrittenRun.Complete(_folder, "first"), WrittenRun.Complete(_folder, new string('x', 60), replicas: 2, seed: 7) };
        foreach (var page in runs.Select(Report).Append(Compare(runs)))
        {
            _browser.Open(page, width);

            Assert.Equal("", _browser.Evaluate<string>(WiderThan(width)));
            Assert.Equal(width, _browser.Evaluate<long>("window.innerWidth"));
            Assert.True(_browser.Evaluate<bool>("document.documentElement.scrollWidth <= window.innerWidth"), $"{page} is wider than {width}");
        }
    }

    [Fact]
    public void RunPage_DarkMode_IsLightOnDark()
    {
        var page = Report(WrittenRun.Complete(_folder, "whole"));
        const string Brightness = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0)";
        const string Ink = "getComputedStyle(document.querySelector('.axis text')).fill.match(/\\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0)";

        _browser.Open(page, Desktop, isDark: true);
        var dark = (Paper: _browser.Evaluate<long>(Brightness), Ink: _browser.Evaluate<long>(Ink));
        _browser.Open(page, Desktop);
        var light = (Paper: _browser.Evaluate<long>(Brightness), Ink: _browser.Evaluate<long>(Ink));

        Assert.True(dark.Paper < 120 && dark.Ink > 400, $"{dark}");
        Assert.True(light.Paper > 650 && light.Ink < 350, $"{light}");
    }

    [Fact]
    public void RunPage_OfATornRun_IsShownAndEscaped()
    {
        _browser.Open(Report(WrittenRun.Torn(_folder, "torn")), Phone);

        Assert.Contains(WrittenRun.Hostile, _browser.One("tbody").Text, StringComparison.Ordinal);
        Assert.Equal("unknown", _browser.One(".state").Text);
        Assert.Empty(_browser.All("img"));
        Assert.Empty(_browser.All(".slider"));
        AssertQuiet();
    }

    [Fact]
    public void ComparePage_TwoRuns_LaysCurvesOverOneAnotherAndSamplesSideBySide()
    {
        _browser.Open(Compare(WrittenRun.Complete(_folder, "first"), WrittenRun.Complete(_folder, "second", seed: 7)), Desktop);

        Assert.Equal(["first", "second"], _browser.All(".plot")[0].FindElements(OpenQA.Selenium.By.CssSelector(".legend li")).Select(static line => line.Text));
        Assert.Contains("seed", _browser.All("tbody")[1].Text, StringComparison.Ordinal);
        Assert.Equal(["first, step 400", "second, step 400"], _browser.All(".frame figcaption").Where(static caption => caption.Displayed).Select(static caption => caption.Text));
        var tops = _browser.All(".frame img").Where(static image => image.Displayed).Select(static image => image.Location.Y).Distinct();
        Assert.Single(tops);
        AssertQuiet();
    }

    /// <summary>What reaches beyond the right edge, other than in a table that scrolls by itself.</summary>
    private static string WiderThan(int width)
        => $"[...document.querySelectorAll('body *')].filter(e => e instanceof HTMLElement && !e.closest('.scroll') && Math.max(e.getBoundingClientRect().right, e.getBoundingClientRect().left + e.scrollWidth) > {width + 1}).map(e => e.tagName + '.' + e.className).join(', ')";

    private void AssertQuiet()
    {
        Assert.Empty(_browser.Complaints());
        Assert.Empty(_browser.Requests());
    }

    private string Report(string run)
    {
        var file = _folder[$"{Path.GetFileName(run)}.html"];
        RunReport.Write(run, file, Now);
        return file;
    }

    private string Compare(params string[] runs)
    {
        var file = _folder["compare.html"];
        CompareReport.Write(runs, file, Now);
        return file;
    }
}
