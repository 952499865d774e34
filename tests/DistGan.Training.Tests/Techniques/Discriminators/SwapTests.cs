using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Steps;
using DistGan.Training.Tests.Steps;
using DistGan.Training.Vectors;
using TorchSharp;

namespace DistGan.Training.Tests.Techniques.Discriminators;

public sealed class SwapTests
{
    private const int Steps = 10;

    /// <summary>Swaps at versions 5 and 10: 40 samples in batches of 8; rates so small that weights tell whose they are.</summary>
    private static Recipe Recipe(int replicas)
    {
        var tiny = TinyRecipes.Of("mlp");
        return tiny with
        {
            Generator = tiny.Generator with { Optimizer = new AdamRecipe { Rate = 1e-9 } },
            Discriminator = tiny.Discriminator with { Normalization = "batch", Optimizer = new AdamRecipe { Rate = 1e-9 } },
            Topology = tiny.Topology with { Kind = TopologyRecipe.MultiDiscriminator, Replicas = replicas },
        };
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(7)]
    public void Advance_TwoSwaps_DiscriminatorsMoveWholeAndNoneStays(int replicas)
    {
        var room = new DiscriminatorRoom(replicas);
        var ends = Train(room, replicas, Recipe(replicas), static () => new PatternDataSet(TinyRecipes.Shape));

        for (var swap = 1; swap <= 2; swap++)
        {
            var moves = room.Moves.Where(move => move.Swap == swap).ToList();
            Assert.Equal(Enumerable.Range(0, replicas), moves.Select(static move => move.From).Order());
            Assert.Equal(Enumerable.Range(0, replicas), moves.Select(static move => move.To).Order());
            Assert.All(moves, static move => Assert.NotEqual(move.From, move.To));
        }

        var place = Enumerable.Range(0, replicas).ToArray();
        for (var swap = 1; swap <= 2; swap++)
        {
            place = [.. place.Select(from => room.Moves.Single(move => move.Swap == swap && move.From == from).To)];
        }

        Assert.All(ends, static end => Assert.Equal((Steps, 2.0), (end.Updates, end.Swaps)));
        for (var first = 0; first < replicas; first++)
        {
            var end = ends[place[first]];
            Assert.True(Distance(ends[first].Start, end.Final) < 1e-5, $"The discriminator that began in replica {first} is not in replica {place[first]}.");
            Assert.All(Enumerable.Range(0, replicas).Where(other => other != first), other => Assert.True(Distance(ends[other].Start, end.Final) > 1e-2));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Advance_SameDataEverywhere_SwapsChangeNothingForTheGenerator(int replicas)
    {
        // Each discriminator learns the same wherever it is, as all see the same batch and the same data: only their places differ.
        var recipe = Recipe(replicas);
        var adam = new AdamRecipe { Rate = 2e-3 };
        recipe = recipe with { Generator = recipe.Generator with { Optimizer = adam }, Discriminator = recipe.Discriminator with { Optimizer = adam } };
        var still = Train(new DiscriminatorRoom(replicas), replicas, recipe with { Topology = recipe.Topology with { SwapPasses = 0 } }, static () => new ConstantDataSet());
        var moved = Train(new DiscriminatorRoom(replicas), replicas, recipe, static () => new ConstantDataSet());

        Assert.Equal((0.0, 2.0), (still[0].Swaps, moved[0].Swaps));
        Assert.True(Distance(still[0].Start, still[0].Final) > 1e-2);
        Assert.InRange(Distance(still[0].Generator, moved[0].Generator), 0, 1e-4);
    }

    [Fact]
    public void Advance_OneSwap_OptimizerAndStatisticsMoveToo()
    {
        var exchange = new ScriptedDiscriminators { Members = [0, 1], Swapped = static own => own with { Updates = 77, Numbers = own.Numbers.ToArray().Select(static number => number + 1).ToArray() } };
        using var replica = ReplicaFactory.Create(Recipe(2), new PatternDataSet(TinyRecipes.Shape), 0, new MemoryLinks(TinyRecipes.Shape).Links with { Discriminators = exchange }, torch.CPU);
        TinyRecipes.Advance(replica, 4);
        var before = All(replica).Select(static vector => VectorBytes.Copy(vector)).ToList();

        var moved = replica.Discriminator.Optimizer.Updates;
        replica.Advance();

        var (order, target, own) = Assert.Single(exchange.Swaps);
        Assert.Equal((1L, 1, 4L), (order.Number, target, own.Updates));
        Assert.Equal([0, 1], order.Members);
        Assert.Equal(before.SelectMany(static bytes => bytes), System.Runtime.InteropServices.MemoryMarshal.AsBytes(own.Numbers.Span).ToArray());
        Assert.Equal((4L, 78L), (moved, replica.Discriminator.Optimizer.Updates));
        Assert.Equal(order, exchange.Sent[^1].Swap);
        Assert.All(exchange.Sent[..4], static version => Assert.Null(version.Swap));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Advance_NothingOrNothingFiniteComesInASwap_KeepsItsOwn(bool comes)
    {
        var recipe = Recipe(2);
        var exchange = new ScriptedDiscriminators { Members = [0, 1], Swapped = own => comes ? own with { Numbers = (float[])[.. own.Numbers.ToArray()[..^1], float.NaN] } : null };
        using var leading = ReplicaFactory.Create(recipe, new PatternDataSet(TinyRecipes.Shape), 0, new MemoryLinks(TinyRecipes.Shape).Links with { Discriminators = exchange }, torch.CPU);
        using var alone = TinyRecipes.Create(recipe with { Topology = new TopologyRecipe() }, new MemoryLinks(TinyRecipes.Shape).Links);

        TinyRecipes.Advance(leading, 5);
        TinyRecipes.Advance(alone, 5);

        Assert.Single(exchange.Swaps);
        Tests.Numbers.AssertSameBytes(alone.Discriminator.Parameters.Values, leading.Discriminator.Parameters.Values);
    }

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1, 2, 3)]
    [InlineData(2, 1, 10)]
    public void Advance_PassesAndUpdates_SayWhenToSwap(int passes, int updates, int first)
    {
        var recipe = Recipe(2);
        recipe = recipe with { Balance = new StaticBalanceRecipe { Discriminator = updates }, Topology = recipe.Topology with { SwapPasses = passes } };
        var exchange = new ScriptedDiscriminators { Members = [0, 1] };
        using var replica = ReplicaFactory.Create(recipe, new PatternDataSet(TinyRecipes.Shape), 0, new MemoryLinks(TinyRecipes.Shape).Links with { Discriminators = exchange }, torch.CPU);

        TinyRecipes.Advance(replica, 12);

        Assert.Equal(first, exchange.Sent.Find(static version => version.Swap is not null)?.Version ?? 0);
    }

    private static End[] Train(DiscriminatorRoom room, int replicas, Recipe recipe, Func<IDataSet> data)
    {
        var ends = new End[replicas];
        var failures = new Exception?[replicas];
        var threads = Enumerable.Range(0, replicas).Select(ordinal => new Thread(() =>
        {
            try
            {
                ends[ordinal] = Train(room, ordinal, recipe, data());
            }
#pragma warning disable CA1031 // an exception that escapes a thread would end the process
            catch (Exception exception)
#pragma warning restore CA1031
            {
                failures[ordinal] = exception;
            }
        })).ToList();
        threads.ForEach(static thread => thread.Start());
        threads.ForEach(static thread => thread.Join());
        Assert.All(failures, static failure => Assert.True(failure is null, failure?.ToString()));
        return ends;
    }

    private static End Train(DiscriminatorRoom room, int ordinal, Recipe recipe, IDataSet data)
    {
        var links = new MemoryLinks(TinyRecipes.Shape);
        recipe = recipe with { Topology = recipe.Topology with { RoundSteps = Steps } };
        using var replica = ReplicaFactory.Create(recipe, data, ordinal, links.Links with { Discriminators = room.Of(ordinal) }, torch.CPU);
        var start = Weights(replica.Discriminator);
        while (replica.Step < Steps)
        {
            replica.Advance();
        }

        var swaps = links.Reported[^1].Values.GetValueOrDefault(MetricNames.DiscriminatorSwaps);
        return new(start, Weights(replica.Discriminator), Weights(replica.Generator), replica.Discriminator.Optimizer.Updates, swaps);
    }

    private static IEnumerable<torch.Tensor> All(Replica replica)
        => [replica.Discriminator.Parameters.Values, replica.Discriminator.Buffers.Values, .. replica.Discriminator.Optimizer.State.OrderBy(static pair => pair.Key).Select(static pair => pair.Value)];

    private static float[] Weights(PlayerModel model)
    {
        var numbers = new float[model.Parameters.Values.numel()];
        VectorBytes.CopyTo(model.Parameters.Values, numbers);
        return numbers;
    }

    private static double Distance(float[] left, float[] right) => left.Zip(right, static (a, b) => Math.Abs(a - b)).Max();

    private sealed record End(float[] Start, float[] Final, float[] Generator, long Updates, double Swaps);
}
