using CsCheck;
using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Techniques.Replay;

namespace DistGan.Training.Tests.Techniques;

public sealed class ReplayPlanTests
{
    [Fact]
    public void For_DefaultRecipe_DrawsAndOffersEveryUpdate()
    {
        var plan = ReplayPlan.For(new Recipe(), new ExperienceReplayRecipe(), new SampleShape(1, 28, 28), 2);

        Assert.Equal(new ReplayPlan(ImagesPerDraw: 32, Draws: 100, PushEvery: 1, Pushes: 100), plan);
    }

    [Fact]
    public void For_AnyRecipe_StaysWithinItsBytesAndSpreadsOffersOverTheRound()
        => Gen.Select(Gen.Int[1, 500], Gen.Int[2, 512], Gen.Double[0.01, 1], Gen.Int[1, 5], Gen.Int[1, 64], Gen.Long[4096, 1L << 30], Gen.Bool)
            .Sample((steps, batch, share, updates, side, budget, half) =>
            {
                var recipe = new Recipe { Batch = batch, Topology = new TopologyRecipe { RoundSteps = steps } };
                var replay = new ExperienceReplayRecipe { Mode = half ? "half" : "parallel", Share = Math.Max(share, 1.0 / batch), BudgetBytes = budget };
                var shape = new SampleShape(3, side, side);
                var plan = ReplayPlan.For(recipe, replay, shape, updates);
                var all = steps * updates;

                Assert.InRange(plan.ImagesPerDraw, 1, batch);
                Assert.InRange(plan.Draws, 1, all);
                Assert.InRange(plan.Pushes, 1, all);
                Assert.True(plan.Draws == 1 || (long)plan.Draws * plan.ImagesPerDraw * shape.ItemBytes <= ReplayPlan.RoundBytes);
                Assert.True(plan.Pushes == 1 || (long)plan.Pushes * batch * shape.ItemBytes <= Math.Min(budget, ReplayPlan.RoundBytes));

                // However a round starts, no more updates offer than planned, and at least one does.
                var offers = Enumerable.Range(all, all).Count(update => update % plan.PushEvery == 0);
                Assert.InRange(offers, 1, plan.Pushes);
            });
}
