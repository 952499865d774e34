using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Tests.Steps;

namespace DistGan.Training.Tests.Diagnosis;

/// <summary>
/// What breaks a training that was healthy is found within a stated number of its steps (docs/diagnosis.md has the table). A round
/// here has three steps.
/// </summary>
public sealed class InjectedFailureTests
{
    private const int Healthy = 6;

    private static readonly Recipe Tiny = TinyRecipes.Of("mlp");

    [Theory]
    [InlineData("mlp", true)]
    [InlineData("mlp", false)]
    [InlineData("dcgan", true)]
    public void Collapse_GeneratorThatMakesOneSample_IsFoundWithinNineSteps(string network, bool images)
    {
        using var run = new InjectedRun(TinyRecipes.Of(network), images ? null : SampleShape.Point(2)).Rounds(Healthy);
        Assert.DoesNotContain("mode-collapse", run.FoundSince(0).Keys);

        run.CollapseGenerator().Freeze().Rounds(5);

        Assert.Equal(9, run.FoundSince(3 * Healthy)["mode-collapse"]);
    }

    [Theory]
    [InlineData(Healthy)]
    [InlineData(0)]
    public void VanishingGradient_DiscriminatorThatIsSureByConstruction_IsFoundWithinNineSteps(int healthy)
    {
        using var run = new InjectedRun(Tiny with { Objective = new MinimaxRecipe() }).Rounds(healthy);

        run.MakeSure(slope: 10).Freeze().Rounds(6);

        Assert.Equal(9, run.FoundSince(3 * healthy)["vanishing-gradient"]);
    }

    [Fact]
    public void VanishingGradient_LossThatDoesNotSaturate_IsNotFoundWithTheSameDiscriminator()
    {
        using var run = new InjectedRun(Tiny).Rounds(Healthy).MakeSure(slope: 10).Freeze().Rounds(6);

        Assert.DoesNotContain("vanishing-gradient", run.FoundSince(0).Keys);
    }

    [Fact]
    public void Overpowering_DiscriminatorThatIsRightAboutEveryImage_IsFoundWithinFifteenSteps()
    {
        using var run = new InjectedRun(Tiny).Rounds(Healthy).MakeSure(slope: 0.1f).Freeze().Rounds(6);

        Assert.Equal(15, run.FoundSince(3 * Healthy)["discriminator-overpowers"]);
    }

    [Fact]
    public void Starving_DiscriminatorThatTakesEveryImageForTheOther_IsFoundWithinFifteenSteps()
    {
        using var run = new InjectedRun(Tiny).Rounds(Healthy).MakeSure(slope: -0.1f).Freeze().Rounds(6);

        Assert.Equal(15, run.FoundSince(3 * Healthy)["discriminator-starves"]);
        Assert.DoesNotContain("discriminator-overpowers", run.FoundSince(0).Keys);
    }

    [Fact]
    public void Divergence_LossThatJumps_IsFoundWithinNineSteps()
    {
        using var run = new InjectedRun(Tiny).Rounds(Healthy).MakeSure(slope: -100).Freeze().Rounds(5);

        Assert.Equal(9, run.FoundSince(3 * Healthy)["divergence"]);
    }

    [Fact]
    public void Oscillation_ScoresThatArePushedToAndFroWiderAndWider_IsFoundWithinThirtyNineSteps()
    {
        using var run = new InjectedRun(Tiny).Freeze().Rounds(Healthy);
        Assert.Empty(run.FoundSince(0));
        var width = 0.2;
        for (var round = 0; round < 13; round++, width *= 1.2)
        {
            run.Shift(round % 2 == 0 ? width : -width).Rounds(1);
        }

        Assert.InRange(run.FoundSince(3 * Healthy)["oscillation"], 1, 39);
    }

    [Fact]
    public void NotANumber_InAParameter_IsInTheReportOfItsRound()
    {
        var links = new MemoryLinks(TinyRecipes.Shape);
        using var replica = TinyRecipes.Create(Tiny, links.Links);
        TinyRecipes.Advance(replica, 3 * Healthy);
        Assert.True(double.IsFinite(links.Reported[^1].Values[MetricNames.DiscriminatorLoss]));
        replica.Generator.Parameters.Values[0] = float.NaN;

        TinyRecipes.Advance(replica, 3);

        Assert.True(double.IsNaN(links.Reported[^1].Values[MetricNames.DiscriminatorLoss]));
        Assert.True(double.IsNaN(links.Reported[^1].Values[MetricNames.GeneratorLoss]));
    }
}
