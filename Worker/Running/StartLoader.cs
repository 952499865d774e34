using System.Security.Cryptography;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Recipes;
using DistGan.Training.Snapshots;
using DistGan.Training.Steps;

namespace DistGan.Worker.Running;

/// <summary>Fetches the weights that a recipe begins with from the run folder.</summary>
internal static class StartLoader
{
    /// <summary>Puts uploaded weights into the run folder, where they are not there yet: then it needs nothing of the upload any more.</summary>
    public static async Task PlaceAsync(IObjectStore store, string prefix, StartRecipe start, Func<string, Task<string>> fetch, CancellationToken cancellationToken)
    {
        var name = prefix + start.Weights;
        if (start.Stored is { } id && await store.GetAsync(name, cancellationToken) is null)
        {
            await using var weights = File.OpenRead(Path.Combine(await fetch(id), RunFiles.StartWeights));
            await store.PutAsync(name, weights, cancellationToken);
        }
    }

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
