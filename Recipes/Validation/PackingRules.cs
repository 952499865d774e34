using DistGan.Recipes.Binding;

namespace DistGan.Recipes.Validation;

/// <summary>Whatever D sees must be whole packs.</summary>
internal static class PackingRules
{
    private const string Samples = "techniques.packing.samples";
    private const string Share = "techniques.experience-replay.share";

    public static IEnumerable<Finding> Find(Recipe recipe)
    {
        if (recipe.Techniques.Packing is not { Samples: var samples and > 0 })
        {
            yield break;
        }

        if (recipe.Batch % samples != 0)
        {
            yield return Finding.At(Samples, samples, $"a batch of {recipe.Batch} is no whole number of packs; give a divisor of it, or a batch such as {Next(recipe.Batch, samples)}", "batch");
            yield break;
        }

        if (recipe.Techniques.ExperienceReplay is { Mode: not "pool" } replay && replay.ImagesIn(recipe.Batch) is var images && images % samples != 0)
        {
            yield return Finding.At(Share, replay.Share,
                $"{images} replayed images are no whole number of packs of {samples}; give a share such as {Scalars.Write(Next(images, samples) / (double)recipe.Batch)}", Samples, "batch", "techniques.experience-replay.mode");
        }
    }

    private static int Next(int count, int samples) => (count + samples - 1) / samples * samples;
}
