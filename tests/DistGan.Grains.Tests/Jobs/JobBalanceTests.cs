using System.Text.Json.Nodes;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Recipes;

namespace DistGan.Grains.Tests.Jobs;

/// <summary>The coordinator balances the updates of all replicas.</summary>
public sealed class JobBalanceTests : IAsyncLifetime
{
    private static readonly Recipe Recipe = new() { Balance = new SignControlBalanceRecipe(), Topology = new() { Replicas = 2, Balance = TopologyRecipe.OfJob } };
    private readonly string _folder = Directory.CreateTempSubdirectory("distgan-").FullName;
    private ControlPlane _plane = null!;

    public async ValueTask InitializeAsync()
    {
        _plane = await ControlPlane.StartAsync(_folder);
        await _plane.RegisterAsync(_plane.Silos[0], 1, 1);
    }

    public async ValueTask DisposeAsync()
    {
        await _plane.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Report_OfBothReplicas_MovesTheUpdatesOfBothAndSaysWhy()
    {
        var zero = await _plane.StartJobAsync(Recipe);
        var one = await _plane.Book.TakeAsync();

        Assert.Null((await ReportAsync(zero, 1)).Balance);
        var decided = (await ReportAsync(one, 0.9)).Balance;
        await _plane.ReachAsync(ControlPlane.Job, EventKinds.Balanced);

        // The state of a sign-control rule: one update more for G, by r_t = 2·0.95 − 1.
        Assert.Equal([-1, 0.9], decided!.Select(static value => Math.Round(value, 9)));
        Assert.Equal(decided, (await ReportAsync(zero, 0.8)).Balance);
        var balanced = Assert.Single(await EventsAsync(), static entry => (string?)entry["kind"] == EventKinds.Balanced);
        Assert.Equal((1.0, 2.0, 2.0, 0.6), ((double)balanced["data"]!["discriminator"]!, (double)balanced["data"]!["generator"]!, (double)balanced["data"]!["replicas"]!, (double)balanced["data"]!["target"]!));
    }

    [Fact]
    public async Task Report_BalanceOfRates_SaysWhatBecomesOfThem()
    {
        var zero = await _plane.StartJobAsync(Recipe with { Balance = new SignControlBalanceRecipe { Moves = SignControlBalanceRecipe.OfRates } });
        var one = await _plane.Book.TakeAsync();

        _ = await ReportAsync(zero, 1);
        _ = await ReportAsync(one, 0.9);
        await _plane.ReachAsync(ControlPlane.Job, EventKinds.Balanced);

        var balanced = Assert.Single(await EventsAsync(), static entry => (string?)entry["kind"] == EventKinds.Balanced);
        Assert.Equal((1.0, 1.0, 0.5, 1.0), ((double)balanced["data"]!["discriminator"]!, (double)balanced["data"]!["generator"]!, (double)balanced["data"]!["discriminator_rate"]!, (double)balanced["data"]!["generator_rate"]!));
        Assert.Contains("the learning rate of D is 0.5 and that of G 1 of the recipe's", (string)balanced["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_BalanceOfEachReplica_SaysNothing()
    {
        var zero = await _plane.StartJobAsync(Recipe with { Topology = new() { Replicas = 2 } });
        var one = await _plane.Book.TakeAsync();

        _ = await ReportAsync(zero, 1);

        Assert.Null((await ReportAsync(one, 1)).Balance);
    }

    private Task<Directives> ReportAsync(TrainerAssignment assignment, double accuracy)
        => _plane.ReportAsync(assignment, 10, values: new Dictionary<string, double> { [MetricNames.DiscriminatorLoss] = 0.5, [MetricNames.RealAccuracy] = accuracy });

    private async Task<IReadOnlyList<JsonNode>> EventsAsync()
        => [.. (await _plane.ReadAsync(RunFiles.Events))!.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonNode.Parse(line)!)];
}
