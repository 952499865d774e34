using System.Security.Cryptography;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Recipes;
using DistGan.Training.Snapshots;
using DistGan.Training.Steps;

namespace DistGan.Worker.Running;

/// <summary>Fetches the weights that a recipe begins with from the run folder.</summary>
internal static class StartLoader
{
    /// <exception cref="DistGanException">They are not there, or are others than the recipe says.</exception>
    public static async Task<StartWeights> LoadAsync(IObjectStore store, string prefix, StartRecipe start, CancellationToken cancellationToken)
    {
        var file = await store.GetAsync(prefix + start.Weights, cancellationToken)
            ?? throw new DistGanException($"The run should begin with the weights of {start.Weights}, but its folder has no such object: start it with 'train --from', or with start=false.");
        var actual = Convert.ToHexStringLower(SHA256.HashData(file.Content.Span));
        if (start.Sha256 is { } expected && actual != expected)
        {
            throw new DistGanException($"The weights of {start.Weights} are not those that the recipe begins with: SHA-256 is {actual} instead of {expected}. Put the old ones back, or start a new run.");
        }

        using var stream = new MemoryStream(file.Content.ToArray());
        return StartWeights.FromArrays(Safetensors.Read(stream, start.Weights));
    }
}
