using System.Text.Json.Nodes;
using DistGan.Client.Runs;
using DistGan.EndToEnd.Tests.Processes;
using DistGan.EndToEnd.Tests.Reports;

namespace DistGan.EndToEnd.Tests.Commands;

/// <summary>list, describe, delete, prune, report and compare through pipes.</summary>
public sealed class RunCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task List_RunsOfEveryState_TellsThem()
    {
        WrittenRun.Complete(_folder, "done");
        WrittenRun.Torn(_folder, "torn");
        using var runLock = RunLock.Take(WrittenRun.Complete(_folder, "busy"));

        var text = await RunAsync("list");
        var json = await RunAsync("list", "-o", "json");

        Assert.True(text.ExitCode == 0, text.ToString());
        Assert.DoesNotContain(text.Out, static c => char.IsControl(c) && c != '\n');
        Assert.Contains("runs/done", text.Out, StringComparison.Ordinal);
        var states = JsonNode.Parse(json.Out)!["runs"]!.AsArray().ToDictionary(static run => (string)run!["folder"]!, static run => (string)run!["state"]!);
        Assert.Equal("completed", states["runs/done"]);
        Assert.Equal("unknown", states["runs/torn"]);
        Assert.Equal("running", states["runs/busy"]);
    }

    [Fact]
    public async Task List_WithoutRuns_SaysSoAndAnUnknownFolderIsNotFound()
    {
        var none = await RunAsync("list");
        var unknown = await RunAsync("list", "--runs", "nowhere");

        Assert.Equal((0, 4), (none.ExitCode, unknown.ExitCode));
        Assert.Contains("no runs", none.Out, StringComparison.Ordinal);
        Assert.Contains("nowhere", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_WithoutRunsWhereAClusterIsChosen_SaysHowToListItsJobs()
    {
        await RunAsync("cluster", "add", "lab", "Orleans:Clustering:ProviderType=Redis");
        var used = await RunAsync("cluster", "use", "lab");

        var none = await RunAsync("list");

        Assert.Contains("list --cluster lab", used.Out, StringComparison.Ordinal);
        Assert.Contains("for the jobs of lab: ", none.Out, StringComparison.Ordinal);
        Assert.EndsWith(" list --cluster lab\n", none.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Describe_ARun_TellsRecipeScoresFilesAndEvents()
    {
        WrittenRun.Complete(_folder, "done");

        var text = await RunAsync("describe", "runs/done/");
        var json = await RunAsync("describe", "runs/done", "-o", "json");

        Assert.True(text.ExitCode == 0, text.ToString());
        Assert.All(["dcgan", "best 40 at step 200", "of step 400", "samples/", "submitted"], part => Assert.Contains(part, text.Out, StringComparison.Ordinal));
        var document = JsonNode.Parse(json.Out)!;
        Assert.Equal("distgan.describe/1", (string?)document["schema"]);
        Assert.Equal(400, (long)document["snapshots"]![0]!["steps"]![0]!);
        Assert.Equal(64, (int)document["recipe"]!["batch"]!);
    }

    [Fact]
    public async Task Delete_WithoutYesAndTerminal_IsRefusedAndWithItDone()
    {
        var run = WrittenRun.Complete(_folder, "old");

        var refused = await RunAsync("delete", "runs/old");
        var stays = Directory.Exists(run);
        var done = await RunAsync("delete", "runs/old", "--yes");
        var gone = await RunAsync("delete", "runs/old", "--yes");

        Assert.Equal((5, 0, 4), (refused.ExitCode, done.ExitCode, gone.ExitCode));
        Assert.Contains("--yes", refused.Error, StringComparison.Ordinal);
        Assert.True(stays && !Directory.Exists(run));
    }

    [Fact]
    public async Task Delete_ARunningRun_IsRefused()
    {
        var run = WrittenRun.Complete(_folder, "busy");
        using var runLock = RunLock.Take(run);

        var end = await RunAsync("delete", "runs/busy", "--yes");

        Assert.Equal(5, end.ExitCode);
        Assert.Contains("is running", end.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(run, "recipe.yaml")));
    }

    [Theory]
    [InlineData("y", 0)]
    [InlineData("n", 5)]
    public async Task Delete_InATerminal_DoesWhatThePersonAnswers(string answer, int exitCode)
    {
        var run = WrittenRun.Complete(_folder, "old");
        using var process = DistGanProcess.StartInTerminal(_folder.Path, "delete", "runs/old");

        await process.UntilAsync("[y/N]");
        await process.TypeAsync($"{answer}\n");
        var end = await process.EndAsync();

        Assert.True(end.ExitCode == exitCode, end.ToString());
        Assert.Equal(exitCode != 0, Directory.Exists(run));
    }

    [Fact]
    public async Task Prune_KeepOne_ShowsThenRemovesTheOlder()
    {
        Age(WrittenRun.Complete(_folder, "older"), 3);
        Age(WrittenRun.Complete(_folder, "oldest"), 5);
        WrittenRun.Complete(_folder, "newest");

        var shown = await RunAsync("prune", "--keep", "1");
        var done = await RunAsync("prune", "--keep", "1", "--yes", "-o", "json");

        Assert.Equal((5, 0), (shown.ExitCode, done.ExitCode));
        Assert.Contains("runs/oldest", shown.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("runs/newest", shown.Out, StringComparison.Ordinal);
        Assert.Equal(["runs/oldest", "runs/older"], JsonNode.Parse(done.Out)!["removed"]!.AsArray().Select(static run => (string?)run!["folder"]));
        Assert.Equal([_folder["runs/newest"]], Directory.GetDirectories(_folder["runs"]));
    }

    [Theory]
    [InlineData("condition")]
    [InlineData("3y", "--older-than", "3y")]
    [InlineData("-1", "--keep", "-1")]
    public async Task Prune_WithoutASensibleCondition_IsAUsageError(string said, params string[] arguments)
    {
        var end = await RunAsync(["prune", "--yes", .. arguments]);

        Assert.Equal(2, end.ExitCode);
        Assert.Contains(said, end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_ARun_WritesThePage()
    {
        WrittenRun.Complete(_folder, "done");

        var inside = await RunAsync("report", "runs/done", "-o", "json");
        var elsewhere = await RunAsync("report", "runs/done", "--out", "pages/mine.html");
        var unknown = await RunAsync("report", "runs/nothing");

        Assert.Equal((0, 0, 4), (inside.ExitCode, elsewhere.ExitCode, unknown.ExitCode));
        Assert.Equal("runs/done/report.html", (string?)JsonNode.Parse(inside.Out)!["file"]);
        Assert.Equal("pages/mine.html", elsewhere.Out.Trim());
        Assert.Equal(File.ReadAllText(_folder["runs/done/report.html"]).Length, File.ReadAllText(_folder["pages/mine.html"]).Length);
    }

    [Fact]
    public async Task Compare_TwoRuns_TellsScoresAndDifferences()
    {
        WrittenRun.Complete(_folder, "first");
        WrittenRun.Complete(_folder, "second", seed: 7);

        var text = await RunAsync("compare", "runs/first", "runs/second", "--out", "both.html");
        var json = await RunAsync("compare", "runs/first", "runs/second", "-o", "json");

        Assert.True(text.ExitCode == 0, text.ToString());
        Assert.Matches(@"fid +second +50 +400 +40 +200", text.Out);
        Assert.Matches(@"seed +1 +7", text.Out);
        Assert.True(File.Exists(_folder["both.html"]));
        var difference = Assert.Single(JsonNode.Parse(json.Out)!["differences"]!.AsArray());
        Assert.Equal(("seed", "7"), ((string?)difference!["key"], (string?)difference["values"]![1]));
    }

    [Fact]
    public async Task Describe_ARunThatWasEvaluated_TellsBothScoresApart()
    {
        WrittenRun.Evaluate(WrittenRun.Complete(_folder, "done"), 200, 0.34);

        var text = await RunAsync("describe", "runs/done");
        var list = await RunAsync("list");

        Assert.Contains("fid        50 at step 400, best 40 at step 200", text.Out, StringComparison.Ordinal);
        Assert.Contains("evaluated  step 200 with random aaaaaaaaaaaa, 512 samples:\n             fid 0.340", text.Out, StringComparison.Ordinal);
        Assert.EndsWith("fid 50", list.Out.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Describe_ALongScoreName_KeepsTheColumnsApart()
    {
        WrittenRun.Complete(_folder, "done");
        Score("done", "\"kid_standard_error\":25.9");

        var text = await RunAsync("describe", "runs/done");

        Assert.Contains("kid_standard_error  25.9 at step 500", text.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_ModesOfPoints_TellsHowManyAreSolid()
    {
        _folder.Write("runs/ring/recipe.yaml", "name: ring\n");
        Score("ring", "\"modes\":8,\"solid_modes\":0");

        Assert.Contains("modes 8 (0 solid)", (await RunAsync("list")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_ScoresComputedInOtherWays_SaysWhatDiffers()
    {
        WrittenRun.Complete(_folder, "first");
        WrittenRun.Complete(_folder, "second");
        Score("second", "\"fid\":9", "{\"fid\":{\"feature_network\":\"a network\",\"samples\":2048}}");

        var text = await RunAsync("compare", "runs/first", "runs/second");
        var json = await RunAsync("compare", "runs/first", "runs/second", "-o", "json");

        Assert.Matches(@"fid \(1\) +first +50 +400 +40 +200\nfid \(2\) +second +9 +500 +9 +500", text.Out);
        Assert.Contains("fid: only scores with the same number may be compared; the others differ in samples (256 or 2048).", text.Out, StringComparison.Ordinal);
        Assert.Equal("samples (256 or 2048)", (string?)JsonNode.Parse(json.Out)!["not_comparable"]!["fid"]);
    }

    [Fact]
    public async Task Compare_RunsOfOneName_NamesAllByTheirPaths()
    {
        WrittenRun.Complete(_folder, "first");
        WrittenRun.Complete(_folder, "second");
        _folder.Write("runs/third/recipe.yaml", "name: first\n");

        var text = await RunAsync("compare", "runs/first", "runs/second", "runs/third");

        Assert.Matches("(?m)^runs/second ", text.Out);
        Assert.DoesNotMatch("(?m)^second ", text.Out);
    }

    [Fact]
    public async Task Samples_OfSeveralReplicas_SaysWhoseTheyAre()
    {
        var run = WrittenRun.Complete(_folder, "two", replicas: 2);
        File.AppendAllText(Path.Combine(run, "evaluation.jsonl"), "{\"replica\":1,\"epoch\":1,\"step\":400,\"scores\":{\"fid\":3}}\n");

        var text = await RunAsync("samples", "runs/two");

        Assert.Equal("runs/two/samples/step-00000400.png", text.Out.Trim());
        Assert.Contains("step 400 of replica 0; the best, which 'generate' takes, is replica 1", text.Error, StringComparison.Ordinal);
    }

    private void Score(string run, string scores, string provenance = "{}")
        => File.AppendAllText(_folder[$"runs/{run}/evaluation.jsonl"], $"{{\"replica\":0,\"epoch\":1,\"step\":500,\"scores\":{{{scores}}},\"provenance\":{provenance}}}\n");

    private static void Age(string run, int days)
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(run))
        {
            Directory.SetLastWriteTimeUtc(path, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-days));
        }
    }

    private Task<ProcessEnd> RunAsync(params string[] arguments) => DistGanProcess.RunAsync(_folder.Path, arguments);
}
