using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Networks;
using DistGan.Training.Objectives;
using DistGan.Training.Steps;
using DistGan.Training.Vectors;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Steps;

[Collection(ExclusiveCollection.Name)]
public sealed class NetworkTrainingTests
{
    private static readonly SampleShape Colour = new(3, 28, 28);

    public static TheoryData<string, string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, string>();
            foreach (var network in NetworkCatalog.Families.Keys)
            {
                foreach (var objective in ObjectiveCatalog.Makers.Keys)
                {
                    // An autoencoder plays D with energies alone, and G with any objective.
                    cases.Add(network, objective, "float32");
                    cases.Add(network, objective, "bfloat16");
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Advance_EveryNetworkAndObjectiveWithTwoThreads_StaysFiniteAndRepeatsBitForBit(string network, string objective, string precision)
    {
        var threads = get_num_threads();
        set_num_threads(2);
        try
        {
            var kind = RecipeKinds.Objectives[objective]();
            var player = new PlayerRecipe { Network = network, Width = 16 };
            var recipe = new Recipe
            {
                Generator = player,
                Discriminator = player with { Network = kind.UsesEnergies ? "autoencoder" : network == "autoencoder" ? "dcgan" : network },
                Objective = kind,
                Latent = new LatentRecipe { Size = 6 },
                Batch = 4,
                Precision = precision,
                Topology = new TopologyRecipe { RoundSteps = 3 },
            };

            var (first, losses) = Train(recipe);
            var (second, _) = Train(recipe);

            Assert.All(losses, static value => Assert.True(double.IsFinite(value.Value), value.ToString()));
            Assert.Equal(first, second);
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    /// <summary>Both players after three steps, and what was reported.</summary>
    private static (byte[] Weights, IReadOnlyDictionary<string, double> Losses) Train(Recipe recipe)
    {
        var links = new MemoryLinks(Colour);
        using var replica = ReplicaFactory.Create(recipe, new PatternDataSet(Colour), 0, links.Links, CPU);
        var before = VectorBytes.Copy(replica.Generator.Parameters.Values);
        TinyRecipes.Advance(replica, 3);
        Assert.True(replica.Generator.Parameters.Values.isfinite().all().item<bool>());
        Assert.True(replica.Discriminator.Parameters.Values.isfinite().all().item<bool>());
        byte[] weights = [.. VectorBytes.Copy(replica.Generator.Parameters.Values), .. VectorBytes.Copy(replica.Discriminator.Parameters.Values)];
        Assert.NotEqual(before, weights[..before.Length]);
        return (weights, links.Reported[0].Values);
    }
}
