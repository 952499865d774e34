using System.Text.Json.Nodes;
using DistGan.EndToEnd.Tests.Processes;
using DistGan.Training.Data.Sources;

namespace DistGan.EndToEnd.Tests.Data;

public sealed class DataCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task List_AsJson_NamesEverySetWithItsLicence()
    {
        var end = await RunAsync("data", "list", "-o", "json");

        Assert.True(end.ExitCode == 0, end.ToString());
        var sets = JsonNode.Parse(end.Out)!["data_sets"]!.AsArray();
        Assert.Equal(DataSetCards.All.Select(static card => card.Name), sets.Select(static set => (string)set!["name"]!));
        Assert.All(sets, static set => Assert.NotEmpty((string)set!["licence"]!));
    }

    [Fact]
    public async Task Info_OfTheShippedSet_HasCountsAndStatistics()
    {
        var end = await RunAsync("data", "info", "fashion-10k", "-o", "json");

        Assert.True(end.ExitCode == 0, end.ToString());
        var document = JsonNode.Parse(end.Out)!;
        Assert.Equal(10_000, (long)document["samples"]!);
        Assert.All(document["classes"]!.AsArray(), static entry => Assert.Equal(1000, (long)entry!["samples"]!));
        Assert.Equal("sneaker", (string?)document["classes"]![7]!["name"]);
        Assert.InRange((double)document["means"]![0]!, -0.5, -0.3);
    }

    [Fact]
    public async Task Preview_OfALabelledFolder_HasARowForEachLabel()
    {
        var photos = Pictures.Write(_folder, withCorrupt: false);

        var end = await RunAsync("data", "preview", "--set", $"data.folder={photos}", "--set", "data.labels=subfolders", "--set", "data.size=16", "--out", "preview.png");

        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.Equal("preview.png", end.Out.Trim());
        using var picture = SkiaSharp.SKBitmap.Decode(_folder["preview.png"]);
        Assert.Equal((2 * (10 * 17 - 1), 2 * (2 * 17 - 1)), (picture.Width, picture.Height));
    }

    [Fact]
    public async Task Info_OfAFolderWithACorruptFile_NamesItAndEnds()
    {
        var photos = Pictures.Write(_folder, withCorrupt: true);

        var end = await RunAsync("data", "info", "--set", $"data.folder={photos}");

        Assert.Equal(2, end.ExitCode);
        Assert.Contains("night/corrupt.png", end.Error, StringComparison.Ordinal);
        Assert.Contains("on-corrupt", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_FromAnAddressWithoutTheFiles_SaysHowElse()
    {
        using var server = new FileServer();

        var end = await RunAsync("data", "get", "fashion-mnist", "--from", server.Address.AbsoluteUri);

        // On a machine with the Debian package there is nothing to fetch.
        Assert.True(end.ExitCode == 0 ? end.Out.Contains("here already", StringComparison.Ordinal) : end.Error.Contains("apt-get install", StringComparison.Ordinal), end.ToString());
    }

    [Theory]
    [InlineData("fashion-mnits", "did you mean 'fashion-mnist'")]
    [InlineData("--set=seed=3", "Which data?")]
    public async Task Info_OfNothingKnown_SaysWhatThereIs(string argument, string expected)
    {
        var end = await RunAsync("data", "info", argument);

        Assert.Equal(2, end.ExitCode);
        Assert.Contains(expected, end.Error, StringComparison.Ordinal);
    }

    private Task<ProcessEnd> RunAsync(params string[] arguments) => DistGanProcess.RunAsync(_folder.Path, arguments);
}
