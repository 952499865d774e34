using DistGan.Grains.Jobs;
using DistGan.Recipes;

namespace DistGan.Grains.Tests.Jobs;

public sealed class RecipeChangeTests
{
    [Fact]
    public void ForbiddenKeys_BudgetEvaluationSamplesSnapshots_AreFree()
        => Assert.Empty(Forbidden(new Recipe(), new Recipe
        {
            Budget = new BudgetRecipe { Steps = 1, Minutes = 2 },
            Evaluation = null,
            Samples = new SamplesRecipe { Rows = 1 },
            Snapshots = new SnapshotsRecipe { Keep = 9 },
        }));

    [Fact]
    public void ForbiddenKeys_Mathematics_IsNamedByKey()
        => Assert.Equal(
            ["latent.size", "generator.optimizer.rate", "objective", "techniques.ema"],
            Forbidden(new Recipe(), new Recipe
            {
                Latent = new LatentRecipe { Size = 3 },
                Generator = new PlayerRecipe { Optimizer = new AdamRecipe { Rate = 1 } },
                Objective = new WassersteinGradientPenaltyRecipe(),
                Techniques = new TechniquesRecipe { Ema = new ExponentialMovingAverageRecipe() },
            }).Select(key => key.StartsWith("objective", StringComparison.Ordinal) ? "objective" : key).Distinct());

    [Fact]
    public void Freeze_Auto_TakesWhatTheRunHas()
    {
        var run = new Recipe { Threads = 3, Precision = "bfloat16" };

        Assert.Equal((3, "bfloat16"), (RecipeChange.Freeze(run, new Recipe()).Threads, RecipeChange.Freeze(run, new Recipe()).Precision));
        Assert.Equal(2, RecipeChange.Freeze(run, new Recipe { Threads = 2 }).Threads);
        Assert.Equal(["precision", "threads"], Forbidden(run, RecipeChange.Freeze(run, new Recipe { Threads = 2, Precision = "float32" })));
    }

    private static IReadOnlyList<string> Forbidden(Recipe run, Recipe resumed)
        => RecipeChange.ForbiddenKeys(RecipeJson.Serialize(run), RecipeJson.Serialize(resumed));
}
