using DistGan.Recipes.Binding;

namespace DistGan.Recipes.Validation;

/// <summary>One generator and many discriminators: what needs both in one place is refused.</summary>
internal static class DiscriminatorRules
{
    private const string Kind = "topology.kind";

    public static IEnumerable<Finding> Find(Recipe recipe)
        => recipe.Topology.HasManyDiscriminators() ? Numbers(recipe.Topology).Concat(Game(recipe)).Concat(Techniques(recipe)) : [];

    /// <summary>Keys that have no effect, and data that are probably not split as meant.</summary>
    public static IEnumerable<Finding> Warnings(TopologyRecipe topology)
    {
        var many = topology.HasManyDiscriminators();
        if (many && topology is { DataSplit: TopologyRecipe.Whole, Replicas: > 1 })
        {
            yield return Finding.At("topology.data-split", topology.DataSplit,
                "shows each discriminator all data; take own, so that each learns a part that the others do not see and swaps carry what it learnt on", Kind);
        }

        if (!many && topology.FakeBatches is { } batches)
        {
            yield return Finding.At("topology.fake-batches", batches, $"has no effect in topology {topology.Kind}; take kind multi-discriminator", Kind);
        }

        if (!many && topology.SwapPasses != new TopologyRecipe().SwapPasses)
        {
            yield return Finding.At("topology.swap-passes", topology.SwapPasses, $"has no effect in topology {topology.Kind}; take kind multi-discriminator", Kind);
        }
    }

    private static IEnumerable<Finding> Numbers(TopologyRecipe topology)
    {
        if (topology.Replicas < 2)
        {
            yield return Finding.At("topology.replicas", topology.Replicas,
                "topology multi-discriminator has a discriminator in each of at least 2 replicas; give more, or take kind independent, which is the same game with one", Kind);
            yield break;
        }

        if (topology.Quorum > topology.Replicas)
        {
            yield return Finding.At("topology.quorum", topology.Quorum,
                $"{topology.Replicas} replicas never have that many discriminators; give 2 to {topology.Replicas}, or auto", "topology.replicas", Kind);
        }

        if (topology.FakeBatches > topology.Replicas)
        {
            yield return Finding.At("topology.fake-batches", topology.FakeBatches,
                $"there would be batches that none of {topology.Replicas} discriminators sees; give 1 to {topology.Replicas}, or auto", "topology.replicas", Kind);
        }
    }

    private static IEnumerable<Finding> Game(Recipe recipe)
    {
        if (!recipe.Objective.HasDiscriminator)
        {
            yield return Finding.At(Kind, recipe.Topology.Kind,
                $"gives each replica a discriminator, which objective {recipe.Objective.Kind} does not have; take kind independent or averaging, or another objective", "objective");
        }

        if (recipe.Balance is not StaticBalanceRecipe)
        {
            yield return Finding.At("balance", recipe.Balance.Kind,
                "leaves out updates by what one discriminator reads, but topology multi-discriminator has many, each of which answers every update of the generator; take static", Kind);
        }
        else if (recipe.Balance is StaticBalanceRecipe { Generator: > 1 and var updates })
        {
            yield return Finding.At("balance.generator", updates,
                "in topology multi-discriminator every update of the generator goes to all discriminators and back, and they learn in between; give 1, and balance.discriminator their updates", Kind);
        }
    }

    private static IEnumerable<Finding> Techniques(Recipe recipe)
    {
        if (recipe.Techniques.Unrolling is not null)
        {
            yield return Finding.At("techniques.unrolling", "on",
                "looks ahead along a graph through both players, but topology multi-discriminator has them in different replicas; turn the technique off, or take another topology", Kind);
        }

        if (recipe.Techniques.HistoricalAveraging is not null && recipe.Topology.SwapPasses > 0)
        {
            yield return Finding.At("techniques.historical-averaging", "on",
                "draws a discriminator towards those that were in its place before, which are other networks once discriminators have moved; set topology.swap-passes to 0, or turn the technique off", Kind, "topology.swap-passes");
        }
    }
}
