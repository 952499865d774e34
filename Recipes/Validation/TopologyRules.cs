using DistGan.Recipes.Binding;

namespace DistGan.Recipes.Validation;

/// <summary>Topologies that do not fit the number of replicas.</summary>
internal static class TopologyRules
{
    public static IEnumerable<Finding> Find(Recipe recipe)
    {
        var topology = recipe.Topology;
        if (topology.SharesParameters() && topology.Replicas < 2)
        {
            yield return Finding.At("topology.replicas", topology.Replicas,
                $"topology {topology.Kind} needs at least 2 replicas; give more, or take kind independent", "topology.kind");
        }
        else if (topology.Merges() && topology.Quorum > topology.Replicas)
        {
            yield return Finding.At("topology.quorum", topology.Quorum,
                $"a merge of {topology.Replicas} replicas can never have that many; give 2 to {topology.Replicas}, or auto", "topology.replicas", "topology.kind");
        }
    }

    /// <summary>Keys that have no effect, and a merge that comes later than it is waited for.</summary>
    public static IEnumerable<Finding> Warnings(Recipe recipe)
    {
        var (topology, defaults) = (recipe.Topology, new TopologyRecipe());
        if (topology.Merges() && topology.DeadlineSeconds > topology.PatienceSeconds)
        {
            yield return Finding.At("topology.deadline-seconds", topology.DeadlineSeconds,
                $"a replica waits {Scalars.Write(topology.PatienceSeconds)} s for a merge, so one that waits for a slow replica is used a round later; take less, or raise patience-seconds", "topology.patience-seconds");
        }

        foreach (var finding in OfOneReplica(recipe, defaults))
        {
            yield return finding;
        }

        foreach (var (key, value) in OfOtherKinds(topology, defaults))
        {
            yield return Finding.At($"topology.{key}", value, $"has no effect in topology {topology.Kind}; take kind {(key == "share" ? TopologyRecipe.Gossip : TopologyRecipe.Averaging)}", "topology.kind");
        }

        if (topology.Merge != "elastic" && !topology.Elasticity.Equals(defaults.Elasticity))
        {
            yield return Finding.At("topology.elasticity", topology.Elasticity, $"has no effect with merge {topology.Merge}", "topology.merge");
        }

        if (topology.Merge != "nesterov" && !topology.OuterRate.Equals(defaults.OuterRate))
        {
            yield return Finding.At("topology.outer-rate", topology.OuterRate, $"has no effect with merge {topology.Merge}", "topology.merge");
        }

        if (topology.Merge != "nesterov" && !topology.OuterMomentum.Equals(defaults.OuterMomentum))
        {
            yield return Finding.At("topology.outer-momentum", topology.OuterMomentum, $"has no effect with merge {topology.Merge}", "topology.merge");
        }
    }

    /// <summary>What has an effect between several replicas alone.</summary>
    private static IEnumerable<Finding> OfOneReplica(Recipe recipe, TopologyRecipe defaults)
    {
        var topology = recipe.Topology;
        if (topology.Replicas == 1 && topology.DataSplit != defaults.DataSplit)
        {
            yield return Finding.At("topology.data-split", topology.DataSplit, "has no effect with one replica, which is shown all", "topology.replicas");
        }

        if (topology.Balance != defaults.Balance && (topology.Replicas == 1 || recipe.Balance.IsFixed))
        {
            yield return Finding.At("topology.balance", topology.Balance,
                topology.Replicas == 1 ? "has no effect with one replica, whose balance is its own" : "has no effect with balance static, which decides nothing",
                topology.Replicas == 1 ? "topology.replicas" : "balance.kind");
        }
    }

    /// <summary>Keys that were set and that the kind does not read.</summary>
    private static IEnumerable<(string Key, object? Value)> OfOtherKinds(TopologyRecipe topology, TopologyRecipe defaults)
        => new (string Key, object? Value, object? Default, bool IsRead)[]
        {
            ("merge", topology.Merge, defaults.Merge, topology.Merges()),
            ("wire", topology.Wire, defaults.Wire, topology.Merges()),
            ("quorum", topology.Quorum, defaults.Quorum, topology.Merges() || topology.HasManyDiscriminators()),
            ("deadline-seconds", topology.DeadlineSeconds, defaults.DeadlineSeconds, topology.Merges() || topology.HasManyDiscriminators()),
            ("max-stale-rounds", topology.MaxStaleRounds, defaults.MaxStaleRounds, topology.SharesParameters()),
            ("share", topology.Share, defaults.Share, topology.Gossips()),
        }.Where(static entry => !entry.IsRead && !Equals(entry.Value, entry.Default)).Select(static entry => (entry.Key, entry.Value));
}
