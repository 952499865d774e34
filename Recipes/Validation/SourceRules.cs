using DistGan.Recipes.Binding;

namespace DistGan.Recipes.Validation;

/// <summary>Where the data come from, and what is done to them.</summary>
internal static class SourceRules
{
    public static IEnumerable<Finding> Find(Recipe recipe, DataFacts? facts)
        => Sources(recipe.Data).Concat(Uploaded(recipe.Data)).Concat(Labels(recipe.Data)).Concat(Preparation(recipe.Data, facts)).Concat(Centers(recipe));

    private static IEnumerable<Finding> Sources(DataRecipe data)
    {
        var given = new[] { ("data.name", data.Name), ("data.folder", data.Folder), ("data.idx", data.Idx) }
            .Where(static source => source.Item2 is not null).ToArray();
        if (given.Length == 0)
        {
            yield return Finding.At("data.name", null, "no data is given; give a name such as fashion-10k, a folder of images in data.folder, or an IDX file in data.idx", "data.idx", "data.folder");
        }

        foreach (var (key, value) in given.Skip(1))
        {
            yield return Finding.At(key, value, $"stands instead of {given[0].Item1}; give one of them", given[0].Item1);
        }
    }

    private static IEnumerable<Finding> Uploaded(DataRecipe data)
    {
        if (data.Stored is not { } id)
        {
            yield break;
        }

        if (data.Shared)
        {
            yield return Finding.At("data.stored", id, "names uploaded files, but data.shared says that the workers read theirs; leave one of them out", "data.shared");
        }
        else if (data is { Folder: null, Idx: null, Name: "ring" or "grid" or "gaussians" or "fashion-10k" })
        {
            yield return Finding.At("data.stored", id, $"names uploaded files, but {data.Name} needs none; leave it out", "data.name");
        }
    }

    private static IEnumerable<Finding> Labels(DataRecipe data)
    {
        if (data.Labels is null or DataRecipe.Subfolders && data.Folder is not null && data.Idx is null)
        {
            yield break;
        }

        if (data is { Folder: not null, Labels: not null, Idx: null })
        {
            yield return Finding.At("data.labels", data.Labels, $"the classes of a folder come from its subfolders; write {DataRecipe.Subfolders}, or leave it out", "data.folder", "data.name");
        }
        else if (data is { Labels: not null, Idx: null })
        {
            yield return Finding.At("data.labels", data.Labels, "belongs to data.idx or data.folder, which are not given; give one of them or leave it out", "data.idx", "data.name");
        }
    }

    private static IEnumerable<Finding> Preparation(DataRecipe data, DataFacts? facts)
    {
        if (data.Channels == 2)
        {
            yield return Finding.At("data.channels", data.Channels, "must be 1 (grey), 3 (colours), or auto");
        }

        if (data is { Name: "stacked-mnist", Channels: 1 })
        {
            yield return Finding.At("data.channels", data.Channels, "would make grey what stacked-mnist tells apart by colour; give 3, or leave it at auto", "data.name");
        }

        if (facts is not { IsImages: false })
        {
            yield break;
        }

        if (data.Channels is not null)
        {
            yield return Finding.At("data.channels", data.Channels, "is for images, but the data are points; leave it at auto", "data.name");
        }

        if (data.Augment != "none")
        {
            yield return Finding.At("data.augment", data.Augment, "changes images, but the data are points; leave it at none", "data.name");
        }
    }

    private static IEnumerable<Finding> Centers(Recipe recipe)
    {
        var data = recipe.Data;
        if (data is { Name: "gaussians", Modes: >= 1 and <= 1024 } && GaussianCenters.Place(data.Modes, data.Spread, recipe.Seed) is null)
        {
            yield return Finding.At("data.modes", data.Modes,
                $"so many centres, {Scalars.Write(GaussianCenters.Apart)} apart, do not fit into a square of half side {Scalars.Write(data.Spread)}; give fewer, or a greater data.spread", "data.spread", "data.name");
        }
    }
}
