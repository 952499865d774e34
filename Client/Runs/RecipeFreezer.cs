using DistGan.Recipes;

namespace DistGan.Client.Runs;

/// <summary>Replaces what is automatic in a recipe by what it means on this machine, so that the run repeats byte for byte.</summary>
public static class RecipeFreezer
{
    public static Recipe Freeze(Recipe recipe, string device)
    {
        var threads = recipe.Threads ?? Math.Max(1, Environment.ProcessorCount / recipe.Topology.Replicas);
        return recipe with { Threads = threads };
    }
}
