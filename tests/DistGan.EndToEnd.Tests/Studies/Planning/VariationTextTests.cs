using DistGan.Client.Studies.Planning;
using DistGan.Recipes;

namespace DistGan.EndToEnd.Tests.Studies.Planning;

public sealed class VariationTextTests
{
    [Fact]
    public void Parse_ValuesWithMappings_SplitsOnlyBetweenThem()
    {
        var errors = new List<RecipeError>();

        var variations = VariationText.Parse(["objective=hinge,{ kind: wgan-gp, penalty: 1 }", "evaluation.metrics=[fid, kid],\"a,b\""], mayBeRange: false, errors);

        Assert.Empty(errors);
        Assert.Equal(["objective", "evaluation.metrics"], variations.Select(static variation => variation.Key));
        Assert.Equal(["hinge", "{ kind: wgan-gp, penalty: 1 }"], variations[0].Values);
        Assert.Equal(["[fid, kid]", "\"a,b\""], variations[1].Values);
    }

    [Fact]
    public void Parse_EveryMistake_IsAnErrorOfItsOwn()
    {
        var errors = new List<RecipeError>();

        VariationText.Parse(["batch", "seed=1,2", "name=a,b", "batch=1..5", "latent.size=2,2", "topology.replicas=1,", "generator.width=8,16", "generator.width=32"], mayBeRange: false, errors);

        Assert.Equal(
            ["--vary", "--vary seed", "--vary name", "--vary batch", "--vary latent.size", "--vary topology.replicas", "--vary generator.width"],
            errors.Select(static error => error.Key));
    }

    [Theory]
    [InlineData("1e-5..1e-2log", true)]
    [InlineData("1e-5..1e-2[log]", true)]
    [InlineData("1e-5 .. 1e-2 log", true)]
    [InlineData("0.1..0.9", false)]
    public void Parse_ARangeOfASearch_KnowsItsScale(string text, bool isLog)
    {
        var errors = new List<RecipeError>();

        var variation = Assert.Single(VariationText.Parse([$"generator.optimizer.rate={text}"], mayBeRange: true, errors));

        Assert.Empty(errors);
        Assert.Equal(isLog, variation.Range!.IsLog);
        Assert.False(variation.Range.IsWhole);
    }

    [Theory]
    [InlineData("batch=8..64.5")]
    [InlineData("batch=64..8")]
    [InlineData("latent.size=0..8log")]
    [InlineData("latent.size=a..b")]
    public void Parse_ARangeThatIsNone_IsRefused(string text)
    {
        var errors = new List<RecipeError>();

        Assert.Empty(VariationText.Parse([text], mayBeRange: true, errors));
        Assert.Single(errors);
    }
}
