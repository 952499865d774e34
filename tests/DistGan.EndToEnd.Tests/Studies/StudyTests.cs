using System.Text.Json.Nodes;
using DistGan.EndToEnd.Tests.Processes;
using DistGan.EndToEnd.Tests.Train;

namespace DistGan.EndToEnd.Tests.Studies;

/// <summary>Whole studies in processes of their own.</summary>
public sealed class StudyTests
{
    private const string Id = "tiny";

    [Fact]
    public async Task Grid_KilledInTheMiddleAndResumed_TrainsEveryRunOnce()
    {
        using var folder = new TempFolder();
        string[] arguments =
        [
            "study", "grid", TinyRecipes.Ring(folder, "budget: { steps: 40 }"), "--name", Id, "--seeds", "1,2", "--vary", "objective=non-saturating,hinge",
            "--set", "evaluation.every-steps=20", "--set", "evaluation.samples=64", "--set", "samples.every-steps=40",
        ];
        using (var killed = DistGanProcess.Start(folder.Path, arguments))
        {
            await killed.UntilAsync("run 2 of 4: objective-hinge-s1");
            killed.Signal(DistGanProcess.Kill);
            await killed.EndAsync();
        }

        Assert.Contains("objective-non-saturating", File.ReadAllText(folder[$"studies/{Id}/results.csv"]), StringComparison.Ordinal); // what the first run found is there already
        var first = Summary(folder, "objective-non-saturating-s1");
        var end = await DistGanProcess.RunAsync(folder.Path, "study", "resume", Id, "-o", "json");

        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.Equal(first, Summary(folder, "objective-non-saturating-s1"));
        Assert.DoesNotContain("run 1 of 4", end.Error, StringComparison.Ordinal);
        Assert.Contains("run 4 of 4: objective-hinge-s2 is done", end.Error, StringComparison.Ordinal);
        AssertResults(JsonNode.Parse(end.Out)!, JsonNode.Parse(File.ReadAllText(folder[$"studies/{Id}/results.json"]))!);
        string[] files = ["study.json", "recipe.yaml", "results.md", "results.csv", "results.html", "runs/objective-hinge-s2/report.html"];
        Assert.All(files, file => Assert.True(File.Exists(folder[$"studies/{Id}/{file}"]), $"{file} is missing; {end}"));
        await ShowsAsync(folder);
    }

    [Fact]
    public async Task Seeds_Interrupted_StopsWithASnapshotAndSaysHowToGoOn()
    {
        using var folder = new TempFolder();
        using var study = DistGanProcess.Start(folder.Path, "study", "seeds", TinyRecipes.Ring(folder, "budget: { steps: 200000 }"), "--name", Id, "--seeds", "1..2",
            "--set", "snapshots.every-steps=100000", "--set", "samples.every-steps=100000");
        await study.UntilAsync("run 1 of 2: step ");

        study.Signal(DistGanProcess.Terminate);
        var end = await study.EndAsync();

        Assert.True(end.ExitCode == 130, end.ToString());
        Assert.Contains($"study resume studies/{Id}", end.Error, StringComparison.Ordinal);
        Assert.Equal("interrupted", (string?)JsonNode.Parse(Summary(folder, "tiny-ring-s1"))!["state"]);
        Assert.False(Directory.Exists(folder[$"studies/{Id}/runs/tiny-ring-s2"]));
    }

    [Fact]
    public async Task Grid_WithSeveralMistakes_SaysAllAndStartsNothing()
    {
        using var folder = new TempFolder();
        var recipe = TinyRecipes.Ring(folder);

        var words = await DistGanProcess.RunAsync(folder.Path, "study", "grid", recipe, "--seeds", "3..1", "--vary", "seed=1,2", "--set", "batch=0");
        var recipes = await DistGanProcess.RunAsync(folder.Path, "study", "grid", recipe, "--vary", "batch=0,-1,32", "--vary", "objective=hinge,hindge");

        Assert.True(words.ExitCode == 2, words.ToString());
        Assert.All(["--seeds = 3..1", "--vary seed", "batch = 0"], part => Assert.Contains(part, words.Error, StringComparison.Ordinal));
        Assert.True(recipes.ExitCode == 2, recipes.ToString());
        Assert.All(["batch = 0", "batch = -1", "did you mean 'hinge'"], part => Assert.Contains(part, recipes.Error, StringComparison.Ordinal));
        Assert.False(Directory.Exists(folder["studies"]));
    }

    [Fact]
    public async Task Search_AsADryRun_ShowsThePlanAndStartsNothing()
    {
        using var folder = new TempFolder();

        var end = await DistGanProcess.RunAsync(folder.Path, "study", "search", TinyRecipes.Ring(folder), "--vary", "generator.optimizer.rate=1e-5..1e-2log", "--samples", "3", "--dry-run", "-o", "json");

        Assert.True(end.ExitCode == 0, end.ToString());
        var plan = JsonNode.Parse(end.Out)!;
        Assert.Equal("distgan.study-plan/1", (string?)plan["schema"]);
        Assert.Equal(["sample-1-s1", "sample-2-s1", "sample-3-s1"], plan["configurations"]!.AsArray().Select(static one => (string?)one!["runs"]![0]!["name"]));
        Assert.False(Directory.Exists(folder["studies"]));
    }

    [Fact]
    public async Task Seeds_AboveTheBudget_AreRefused()
    {
        using var folder = new TempFolder();

        var end = await DistGanProcess.RunAsync(folder.Path, "study", "seeds", TinyRecipes.Ring(folder, "budget: { steps: 100000000 }"), "--budget", "1m");

        Assert.True(end.ExitCode == 5, end.ToString());
        Assert.Contains("--budget allows 1:00", end.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["studies"]));
    }

    private static void AssertResults(JsonNode printed, JsonNode written)
    {
        Assert.True(JsonNode.DeepEquals(printed, written), "What is printed is not what is in results.json.");
        Assert.True((bool)written["finished"]!);
        Assert.Equal("objective-non-saturating", (string?)written["baseline"]);
        var hinge = written["configurations"]![1]!;
        Assert.Equal(2, (int)hinge["completed"]!);
        Assert.Equal([1L, 2L], hinge["runs"]!.AsArray().Select(static run => (long)run!["seed"]!));
        Assert.All(hinge["runs"]!.AsArray(), static run => Assert.Equal(40, (long)run!["steps"]!));
        var modes = hinge["scores"]!["modes"]!;
        Assert.Equal(2, (int)modes["final"]!["count"]!);
        Assert.Equal(2, (int)modes["final_effect"]!["pairs"]!);
    }

    private static async Task ShowsAsync(TempFolder folder)
    {
        var shown = await DistGanProcess.RunAsync(folder.Path, "study", "show", Id);
        var list = await DistGanProcess.RunAsync(folder.Path, "study", "list");

        Assert.True(shown.ExitCode == 0, shown.ToString());
        Assert.Contains("difference from objective-non-saturating, paired by seed", shown.Out, StringComparison.Ordinal);
        Assert.Contains("4/4", list.Out, StringComparison.Ordinal);
    }

    private static string Summary(TempFolder folder, string run) => File.ReadAllText(folder[$"studies/{Id}/runs/{run}/summary.json"]);
}
