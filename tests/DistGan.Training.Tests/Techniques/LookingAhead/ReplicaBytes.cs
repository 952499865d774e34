using DistGan.Recipes;
using DistGan.Training.Steps;
using DistGan.Training.Tests.Steps;
using DistGan.Training.Vectors;

namespace DistGan.Training.Tests.Techniques.LookingAhead;

/// <summary>Players as bytes, to be compared.</summary>
internal static class ReplicaBytes
{
    /// <summary>Parameters, buffers and optimiser of both players after some steps.</summary>
    public static byte[] After(Recipe recipe, int steps = 3)
    {
        using var replica = TinyRecipes.Create(recipe, new MemoryLinks(TinyRecipes.Shape).Links);
        TinyRecipes.Advance(replica, steps);
        return [.. Of(replica.Generator), .. Of(replica.Discriminator)];
    }

    /// <summary>Parameters, buffers and optimiser of a player.</summary>
    public static byte[] Of(PlayerModel model)
        => [.. VectorBytes.Copy(model.Parameters.Values), .. VectorBytes.Copy(model.Buffers.Values), .. model.Optimizer.State.Values.SelectMany(VectorBytes.Copy)];
}
