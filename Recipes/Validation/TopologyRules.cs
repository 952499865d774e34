using DistGan.Recipes.Binding;

namespace DistGan.Recipes.Validation;

/// <summary>Topologies that do not fit the number of replicas.</summary>
internal static class TopologyRules
{
    public static IEnumerable<Finding> Find(Recipe recipe)
    {
        var topology = recipe.Topology;
        if (!topology.Merges())
        {
            yield break;
        }

        if (topology.Replicas < 2)
        {
            yield return Finding.At("topology.replicas", topology.Replicas,
                "topology averaging merges at least 2 replicas; give more, or take kind independent", "topology.kind");
        }
        else if (topology.Quorum > topology.Replicas)
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

        if (topology.Replicas == 1 && topology.DataSplit != defaults.DataSplit)
        {
            yield return Finding.At("topology.data-split", topology.DataSplit, "has no effect with one replica, which is shown all", "topology.replicas");
        }

        if (!topology.Merges() && topology.Merge != defaults.Merge)
        {
            yield return Finding.At("topology.merge", topology.Merge, $"has no effect in topology {topology.Kind}; take kind averaging", "topology.kind");
        }

        if (!topology.Merges() && topology.Wire != defaults.Wire)
        {
            yield return Finding.At("topology.wire", topology.Wire, $"has no effect in topology {topology.Kind}; take kind averaging", "topology.kind");
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
}
