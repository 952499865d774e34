using DistGan.Recipes;
using DistGan.Training.Data;

namespace DistGan.Training.Techniques.Replay;

/// <summary>How many images go to and come from the history in a round; bounded, so that large images do not flood the links.</summary>
/// <param name="ImagesPerDraw">Replayed images in a discriminator update.</param>
/// <param name="Draws">Different batches asked for in a round; they repeat when there are more updates.</param>
/// <param name="PushEvery">One in so many discriminator updates offers its fresh images.</param>
/// <param name="Pushes">Groups offered in a round, at most.</param>
public sealed record ReplayPlan(int ImagesPerDraw, int Draws, int PushEvery, int Pushes)
{
    /// <summary>Bytes a round, each way.</summary>
    public const long RoundBytes = 16L << 20;

    /// <summary>The plan of a recipe for samples of a shape.</summary>
    public static ReplayPlan For(Recipe recipe, ExperienceReplayRecipe replay, SampleShape shape, int discriminatorUpdates)
    {
        var itemBytes = ReplayItemSize.Of(recipe, shape);
        var updates = recipe.Topology.RoundSteps * discriminatorUpdates;
        var perDraw = replay.ImagesIn(recipe.Batch);
        var shards = replay.ShardsOf(recipe.Topology.Replicas);
        var pushBytes = Math.Min(RoundBytes, replay.BudgetOf(shards - 1, shards));

        // Mode half offers fewer once there is a history, but whole batches before.
        var pushes = (int)Math.Clamp(pushBytes / ((long)recipe.Batch * itemBytes), 1, updates);
        var draws = (int)Math.Clamp(RoundBytes / ((long)perDraw * itemBytes), 1, updates);
        return new(perDraw, draws, (updates + pushes - 1) / pushes, pushes);
    }
}
