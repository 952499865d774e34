using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Links;
using DistGan.Training.Steps;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Diagnosis;

public sealed class HealthyRunTests
{
    private const int Steps = 2000;

    /// <summary>The short form of 'bench alarms', which trains every preset to its end with several seeds. No threshold was chosen by this seed.</summary>
    [Fact]
    public void Ring_ThePresetFromItsFirstSteps_GivesNoAlarm()
    {
        var recipe = DistGan.Recipes.Presets.Get("ring").Make() with { Seed = 11 };
        var (rule, rounds, found) = (new DiagnosisRule(), 0, new List<string>());
        using var data = DataCatalog.Open(recipe.Data, recipe.Seed);
        var links = LocalLinks.For(recipe, data.Shape, report =>
        {
            rounds++;
            found.AddRange(rule.ObserveRound(report.Values).Select(finding => $"step {report.Step}: {finding.Message}"));
        });
        using var replica = ReplicaFactory.Create(recipe, data, 0, links, CPU);

        while (replica.Step < Steps)
        {
            replica.Advance();
        }

        Assert.Equal(Steps / recipe.Topology.RoundSteps, rounds);
        Assert.Empty(found);
    }
}
