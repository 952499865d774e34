using System.Text.Json.Nodes;
using OpenQA.Selenium;
using OpenQA.Selenium.Chrome;

namespace DistGan.EndToEnd.Tests.Browser;

/// <summary>A Chromium without a window, with a profile of its own, that remembers what it asked for and what it complained about.</summary>
internal sealed class HeadlessBrowser : IDisposable
{
    private const string Driver = "chromedriver";

    private readonly DirectoryInfo _profile = Directory.CreateTempSubdirectory("distgan-browser-");
    private readonly ChromeDriverService _service;
    private readonly ChromeDriver _chrome;

    public HeadlessBrowser()
    {
        var options = new ChromeOptions { BinaryLocation = Find("chromium") };
        options.AddArguments(
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", $"--user-data-dir={_profile.FullName}");
        options.SetLoggingPreference(LogType.Browser, LogLevel.All);
        options.SetLoggingPreference(LogType.Performance, LogLevel.All);
        var driver = Find(Driver);
        _service = ChromeDriverService.CreateDefaultService(Path.GetDirectoryName(driver), Path.GetFileName(driver));
        _service.SuppressInitialDiagnosticInformation = true;
        _chrome = new ChromeDriver(_service, options, TimeSpan.FromMinutes(2));
    }

    /// <summary>Opens a file as a screen of this width shows it.</summary>
    public void Open(string path, int width, bool isDark = false)
    {
        Command("Emulation.setDeviceMetricsOverride", new() { ["width"] = width, ["height"] = 844, ["deviceScaleFactor"] = 1, ["mobile"] = width < 600 });
        var scheme = new Dictionary<string, object> { ["name"] = "prefers-color-scheme", ["value"] = isDark ? "dark" : "light" };
        Command("Emulation.setEmulatedMedia", new() { ["features"] = new object[] { scheme } });
        _chrome.Navigate().GoToUrl(new Uri(path).AbsoluteUri);
    }

    /// <summary>The value of a JavaScript expression.</summary>
    public T Evaluate<T>(string expression) => (T)_chrome.ExecuteScript($"return {expression};")!;

    /// <summary>The value that a promise gives.</summary>
    public T EvaluateAsync<T>(string promise) => (T)_chrome.ExecuteAsyncScript($"const done = arguments[arguments.length - 1]; ({promise}).then(done);")!;

    /// <summary>Runs statements of JavaScript.</summary>
    public void Run(string statements) => _chrome.ExecuteScript(statements);

    public IReadOnlyList<IWebElement> All(string selector) => _chrome.FindElements(By.CssSelector(selector));

    public IWebElement One(string selector) => _chrome.FindElement(By.CssSelector(selector));

    /// <summary>What the pages complained about since the last call.</summary>
    public IReadOnlyList<string> Complaints()
        => [.. _chrome.Manage().Logs.GetLog(LogType.Browser).Where(static entry => entry.Level >= LogLevel.Warning).Select(static entry => entry.Message)];

    /// <summary>Addresses that files asked for since the last call, without the files themselves and what lies inside them.</summary>
    public IReadOnlyList<string> Requests()
        => [.. _chrome.Manage().Logs.GetLog(LogType.Performance)
            .Select(static entry => JsonNode.Parse(entry.Message)!["message"]!)
            .Where(static message => (string?)message["method"] == "Network.requestWillBeSent" && ((string?)message["params"]!["documentURL"])!.StartsWith("file:", StringComparison.Ordinal))
            .Select(static message => (string)message["params"]!["request"]!["url"]!)
            .Where(static url => !url.StartsWith("file:", StringComparison.Ordinal) && !url.StartsWith("data:", StringComparison.Ordinal))];

    /// <summary>The whole page as a picture.</summary>
    public byte[] Picture()
    {
        var result = (Dictionary<string, object>)_chrome.ExecuteCdpCommand("Page.captureScreenshot", new() { ["captureBeyondViewport"] = true })!;
        return Convert.FromBase64String((string)result["data"]);
    }

    public void Dispose()
    {
        _chrome.Quit();
        _chrome.Dispose();
        _service.Dispose();
        _profile.Delete(recursive: true);
    }

    private void Command(string name, Dictionary<string, object?> arguments) => _chrome.ExecuteCdpCommand(name, arguments);

    /// <summary>A program on the PATH, so that nothing is looked for on a network.</summary>
    private static string Find(string program)
        => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException($"{program} is not on the PATH: install the Debian packages chromium and chromium-driver.");
}
