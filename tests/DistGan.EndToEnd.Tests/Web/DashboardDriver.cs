using System.Diagnostics;
using DistGan.EndToEnd.Tests.Browser;

namespace DistGan.EndToEnd.Tests.Web;

/// <summary>A browser on the dashboard of a silo: opens its pages and waits for what they come to show.</summary>
internal sealed class DashboardDriver(int port) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public HeadlessBrowser Browser { get; } = new();

    public void Dispose() => Browser.Dispose();

    public void Open(string path, int width, bool isDark = false) => Browser.Open($"http://127.0.0.1:{port}{path}", width, isDark);

    public void Click(string selector) => Browser.One(selector).Click();

    /// <summary>Asks for something, says yes, and waits for what it does.</summary>
    public async Task ConfirmAsync(string button, string what, string condition)
    {
        Click(button);
        Click("#yes");
        await UntilAsync(what, condition);
    }

    public async Task SignInAsync(string token)
    {
        await UntilAsync("the form is there", "document.querySelector('#token') !== null");
        Browser.One("#token").SendKeys(token);
        Click("form.sign-in button");
        await UntilAsync("the session is known", "document.querySelector('#session button') !== null && document.querySelector('#token') === null");
    }

    /// <summary>Waits until a JavaScript expression is true.</summary>
    public async Task UntilAsync(string what, string condition)
    {
        var start = Stopwatch.GetTimestamp();
        while (!Browser.Evaluate<bool>($"Boolean({condition})"))
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Patience, $"After {Patience.TotalMinutes:0} minutes still not: {what}. The page says: {Browser.Evaluate<string>("document.body.innerText.slice(0, 2000)")}");
            await Task.Delay(100);
        }
    }

    /// <summary>Nothing is wider than the screen.</summary>
    public void AssertFits(string page)
        => Assert.True(Browser.Evaluate<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), $"{page} is wider than its screen: {Browser.Evaluate<long>("document.documentElement.scrollWidth")} pixels.");

    /// <summary>Pictures of the pages are kept beside the results of the tests.</summary>
    public void Keep(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "../../../../../artifacts/screenshots"));
        File.WriteAllBytes(Path.Combine(folder.FullName, $"{name}.png"), Browser.Picture());
    }
}
