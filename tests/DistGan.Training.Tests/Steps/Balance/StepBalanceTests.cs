using DistGan.Recipes;
using DistGan.Training.Links;
using DistGan.Training.Steps.Balance;
using DistGan.Training.Vectors;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Steps.Balance;

public sealed class StepBalanceTests
{
    [Fact]
    public void EndStep_EveryThird_GivesTheRuleTheMeansSinceTheLastReading()
    {
        using var scope = NewDisposeScope();
        var rule = new Recorder();
        using var balance = new StepBalance(rule, CPU);

        for (var step = 1; step <= 7; step++)
        {
            _ = balance.Next();
            balance.Observe(MetricNames.DiscriminatorLoss, tensor((float)step));
            if (step > 3)
            {
                balance.Observe(MetricNames.GeneratorLoss, tensor(step == 5 ? float.NaN : 1f));
            }

            balance.EndStep(step);
        }

        Assert.Equal([(2, null), (5, null)], rule.Read.Select(static reading => (reading.DiscriminatorLoss, reading.GeneratorLoss)));
    }

    [Fact]
    public void Report_RuleThatLeavesOut_CountsWhatItGaveAndWhatItDidNot()
    {
        using var balance = new StepBalance(new Recorder { Turns = [new(2, 0), new(0, 3), new(2, 3), new(2, 0)] }, CPU);
        for (var i = 0; i < 4; i++)
        {
            _ = balance.Next();
        }

        var values = new Dictionary<string, double>();
        balance.Report(values);

        Assert.Equal((1.0, 2.0, 6.0), (values[MetricNames.BalanceRatio], values[MetricNames.LeftOutDiscriminatorUpdates], values[MetricNames.LeftOutGeneratorUpdates]));
        Assert.Equal(0.25, values[MetricNames.BalanceTarget]);
        Assert.DoesNotContain(MetricNames.BalanceSignal, values.Keys);

        values.Clear();
        balance.Report(values);
        Assert.DoesNotContain(MetricNames.BalanceRatio, values.Keys);
        Assert.Equal(0, values[MetricNames.LeftOutDiscriminatorUpdates]);
    }

    [Fact]
    public void Report_BalanceOfTheJob_SendsItsReadingAndFollowsTheDecision()
    {
        using var scope = NewDisposeScope();
        var (job, rule) = (new Decided(), new SignControlRule(new()));
        using var balance = new StepBalance(rule, CPU, job);
        balance.Observe(MetricNames.FakeAccuracy, tensor(0.25f));
        balance.Observe(MetricNames.RealAccuracy, tensor(1f));
        balance.EndStep(10);
        var values = new Dictionary<string, double> { [MetricNames.FakeAccuracy] = 0.5 };

        balance.Report(values);
        Assert.Equal((0.5, 1.0), (values[MetricNames.FakeAccuracy], values[MetricNames.RealAccuracy]));
        Assert.Equal(new BalanceTurn(1, 1), balance.Next());

        job.Newest = [2, 0.9];
        balance.Report(values);
        Assert.Equal(new BalanceTurn(3, 1), balance.Next());
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    public void Advance_AccuracyGate_LeavesOutThePlayerThatIsAhead(double threshold, bool leavesOutGenerator)
    {
        // With its thresholds at one end, each accuracy is on the same side of both.
        var gate = new AccuracyGateBalanceRecipe { GeneratorThreshold = leavesOutGenerator ? 0.99 : 0, DiscriminatorThreshold = leavesOutGenerator ? threshold : 0.001, Hysteresis = 0, EverySteps = 1, StarveSteps = 3 };
        var links = new MemoryLinks(TinyRecipes.Shape);
        using var replica = TinyRecipes.Create(TinyRecipes.Of("mlp") with { Balance = gate }, links.Links);
        replica.Advance();
        var left = leavesOutGenerator ? replica.Generator : replica.Discriminator;
        var before = VectorBytes.Copy(left.Parameters.Values);

        TinyRecipes.Advance(replica, 2);

        Assert.Equal(3, replica.Step);
        Assert.Equal((1L, 3L), leavesOutGenerator ? (replica.Generator.Optimizer.Updates, replica.Discriminator.Optimizer.Updates) : (replica.Discriminator.Optimizer.Updates, replica.Generator.Optimizer.Updates));
        Assert.Equal(before, VectorBytes.Copy(left.Parameters.Values));
        var values = links.Reported.Single().Values;
        Assert.Equal(leavesOutGenerator ? (3, 0, 2) : (1 / 3.0, 2, 0), (values[MetricNames.BalanceRatio], values[MetricNames.LeftOutDiscriminatorUpdates], values[MetricNames.LeftOutGeneratorUpdates]));
        Assert.InRange(values[MetricNames.BalanceSignal], 0, 1);

        TinyRecipes.Advance(replica, 2);
        Assert.Equal(2, left.Optimizer.Updates);
    }

    [Fact]
    public void Advance_SignControl_ShowsDAsManyImagesAsItHasUpdates()
    {
        // A target that is never reached gives D one more update at each reading.
        var control = new SignControlBalanceRecipe { Target = 1, Hysteresis = 0, EverySteps = 1, MostDiscriminator = 3 };
        var links = new MemoryLinks(TinyRecipes.Shape);
        using var replica = TinyRecipes.Create(TinyRecipes.Of("mlp") with { Balance = control, Discriminator = new PlayerRecipe { Network = "mlp", Width = 4, Depth = 2, Optimizer = new AdamRecipe { Rate = 1e-9 } } }, links.Links);

        TinyRecipes.Advance(replica, 6);

        Assert.Equal((1 + 2 + 3 + 3 + 3 + 3) * 8, replica.Images);
        Assert.Equal([2.0, 3.0], links.Reported.Select(static report => report.Values[MetricNames.BalanceRatio]));
        Assert.Equal(replica.Images / 8, replica.Discriminator.Optimizer.Updates);
    }

    [Fact]
    public void Advance_SignControlOfRates_DividesTheRateOfGAndGoesOnAlikeAfterARestore()
    {
        // A target that is never reached holds G back further at each reading.
        var control = new SignControlBalanceRecipe { Moves = SignControlBalanceRecipe.OfRates, Target = 1, Hysteresis = 0, EverySteps = 1, MostDiscriminator = 3 };
        var recipe = TinyRecipes.Of("mlp") with { Balance = control, Discriminator = new PlayerRecipe { Network = "mlp", Width = 4, Depth = 2, Optimizer = new AdamRecipe { Rate = 1e-9 } } };
        using var replica = TinyRecipes.Create(recipe, new MemoryLinks(TinyRecipes.Shape).Links);
        List<double> factors = [];

        for (var step = 0; step < 4; step++)
        {
            replica.Advance();
            factors.Add(replica.Generator.Optimizer.Rate / recipe.Generator.Optimizer.Rate);
            Assert.Equal(recipe.Discriminator.Optimizer.Rate, replica.Discriminator.Optimizer.Rate);
        }

        Assert.Equal([1, 1 / 2.0, 1 / 3.0, 1 / 3.0], factors.Select(static factor => Math.Round(factor, 12)), static (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal((4 * 8, 4, 4), (replica.Images, replica.Discriminator.Optimizer.Updates, replica.Generator.Optimizer.Updates));
        using var restored = TinyRecipes.Create(recipe, new MemoryLinks(TinyRecipes.Shape).Links);
        restored.Restore(replica.Capture());
        Assert.Equal(replica.Generator.Optimizer.Rate, restored.Generator.Optimizer.Rate);
    }

    /// <summary>Gives its turns in order and keeps its readings.</summary>
    private sealed class Recorder : IBalanceRule
    {
        private int _next;

        public IReadOnlyList<BalanceTurn> Turns { get; init; } = [new(2, 3)];

        public List<BalanceReading> Read { get; } = [];

        public BalanceBounds Bounds { get; set; } = new(2, 3, 0);

        public BalanceTurn Whole => new(2, 3);

        public int? EverySteps => 3;

        public double Signal => double.PositiveInfinity;

        public double Target => 0.25;

        public BalanceTurn Next() => Turns[_next++ % Turns.Count];

        public void Observe(BalanceReading reading) => Read.Add(reading);

        public IReadOnlyList<double> Capture() => [];

        public void Follow(IReadOnlyList<double> state) => throw new NotSupportedException();

        public void Restore(IReadOnlyList<double> state)
        {
        }
    }

    private sealed class Decided : IBalanceSource
    {
        public IReadOnlyList<double>? Newest { get; set; }
    }
}
