using DistGan.Recipes;
using DistGan.Training.Steps;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Steps;

public sealed class SampleDiversityTests
{
    [Fact]
    public void Of_SmallBatches_IsTheRatioOfMeanSquaredPairDistances()
    {
        using var scope = NewDisposeScope();
        var (fake, real) = (tensor(new float[,] { { 0, 0 }, { 1, 0 }, { 0, 2 } }), tensor(new float[,] { { 3, 3 }, { 3, -1 } }));

        // Squared distances 1, 4 and 5, mean 10/3; against 16.
        Assert.Equal(Math.Sqrt(10 / 3.0 / 16), SampleDiversity.Of(fake, real).item<float>(), 1e-6);
        Assert.Equal(1, SampleDiversity.Of(real + 5, real).item<float>(), 1e-6);
        Assert.Equal(0, SampleDiversity.Of(ones(4, 1, 8, 8, dtype: ScalarType.BFloat16), rand(4, 1, 8, 8)).item<float>());
        Assert.True(float.IsFinite(SampleDiversity.Of(fake, ones(4, 2)).item<float>()));
    }

    [Fact]
    public void Advance_GeneratorThatOutputsAConstant_IsDiagnosedWithinThreeRoundsAndItsDiscriminatorWithinTwenty()
    {
        var tiny = TinyRecipes.Of("mlp");
        var links = new MemoryLinks(TinyRecipes.Shape);
        using var replica = TinyRecipes.Create(
            tiny with
            {
                Generator = tiny.Generator with { Optimizer = new SgdRecipe { Rate = 1e-12 } },
                Discriminator = tiny.Discriminator with { Optimizer = new AdamRecipe { Rate = 0.02 } },
            },
            links.Links);
        using (no_grad())
        {
            replica.Generator.Parameters.Values.zero_();
            replica.Generator.Parameters.Refresh();
        }

        TinyRecipes.Advance(replica, 60);

        var rule = new DiagnosisRule();
        var found = links.Reported.SelectMany((report, i) => rule.ObserveRound(report.Values).Select(finding => (finding.Name, Round: i + 1))).ToDictionary(static pair => pair.Name, static pair => pair.Round);
        Assert.Equal(0, links.Reported[0].Values[MetricNames.SampleDiversity], 1e-6);
        Assert.Equal(3, found["mode-collapse"]);
        Assert.InRange(found["discriminator-overpowers"], 5, 20);
    }

    [Fact]
    public void Advance_WithoutDiagnosis_DoesNotMeasureIt()
    {
        var links = new MemoryLinks(TinyRecipes.Shape);
        using var replica = TinyRecipes.Create(TinyRecipes.Of("mlp") with { Diagnosis = false }, links.Links);

        TinyRecipes.Advance(replica, 3);

        Assert.DoesNotContain(MetricNames.SampleDiversity, links.Reported.Single().Values.Keys);
    }
}
