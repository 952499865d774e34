using System.Text.Json.Nodes;
using DistGan.Client.Clusters;
using DistGan.Client.CommandLine;
using DistGan.EndToEnd.Tests.Processes;
using Microsoft.Extensions.Configuration;

namespace DistGan.EndToEnd.Tests.Clusters;

public sealed class ClusterCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private ConfigFile File => new(_folder["config.json"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Cluster_AddUseListRemove_ChangesTheFileAndNothingElseInIt()
    {
        _folder.Write("config.json", """{ "theme": "dark", "clusters": { "old": { "Orleans": { "ClusterId": "old" } } } }""");

        var added = await RunAsync("add", "lab", "Orleans:Clustering:ProviderType=Redis", "Orleans:Clustering:ConnectionString=redis:6379,password=a=b");
        var used = await RunAsync("use", "lab");
        var listed = JsonNode.Parse((await RunAsync("list", "-o", "json")).Out)!;
        var removed = await RunAsync("remove", "old");
        var missing = await RunAsync("remove", "old");
        var unknown = await RunAsync("use", "lap");

        Assert.Equal([0, 0, 0, 4, 2], new[] { added, used, removed, missing, unknown }.Select(static end => end.ExitCode));
        Assert.Equal(("distgan.clusters/1", "lab", 2), ((string?)listed["schema"], (string?)listed["default"], listed["clusters"]!.AsArray().Count));
        var root = JsonNode.Parse(System.IO.File.ReadAllText(_folder["config.json"]))!;
        Assert.Equal("dark", (string?)root["theme"]);
        Assert.Equal("redis:6379,password=a=b", (string?)root["clusters"]!["lab"]!["Orleans"]!["Clustering"]!["ConnectionString"]);
        Assert.Equal("lab", new ClusterProfiles(_folder["config.json"], new ConfigurationBuilder().Build()).Chosen?.Name);
    }

    [Fact]
    public async Task Add_WithoutAValue_IsAUsageErrorAndWritesNothing()
    {
        var end = await RunAsync("add", "lab", "Orleans:Clustering");

        Assert.True(end.ExitCode == 2, end.ToString());
        Assert.Contains("expected KEY=VALUE", end.Error, StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(_folder["config.json"]));
    }

    [Theory]
    [InlineData("A=1", "A:B=2")]
    [InlineData("A:B=2", "A=1")]
    public void Add_AKeyThatIsSectionAndValue_IsRefused(string first, string second)
        => Assert.Throws<CommandException>(() => File.Add("lab", new[] { first, second }.Select(static text => (text.Split('=')[0], text.Split('=')[1]))));

    [Fact]
    public void Remove_TheChosenCluster_ChoosesNone()
    {
        File.Add("lab", [("A", "1")]);
        File.Use("lab");

        Assert.True(File.Remove("lab"));

        Assert.Null(File.DefaultName);
    }

    [Fact]
    public void Chosen_EnvironmentNamesACluster_IsThatOne()
    {
        File.Add("lab", [("A", "1")]);
        File.Use("lab");

        var environment = new ConfigurationBuilder().AddInMemoryCollection([new("Orleans:Clustering:ProviderType", "Redis")]).Build();
        Assert.Null(new ClusterProfiles(_folder["config.json"], environment).Chosen!.Name);
    }

    private Task<ProcessEnd> RunAsync(params string[] arguments) => DistGanProcess.RunAsync(_folder.Path, ["cluster", .. arguments]);
}
