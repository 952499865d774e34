using System.Globalization;
using System.Text;
using System.Text.Json;
using DistGan.Recipes;
using DistGan.Training.Steps;

namespace DistGan.Training.Export;

/// <summary>What an exported file says about itself, as texts by name: enough to draw with it, and to tell where it comes from.</summary>
public static class ExportMetadata
{
    public const string RecipeKey = "recipe";
    public const string RecipeSha256Key = "recipe_sha256";
    public const string SampleShapeKey = "sample_shape";

    /// <summary>Samples of each class in the training data, a JSON list; only where labels were used.</summary>
    public const string ClassCountsKey = "class_counts";

    /// <summary>Names of the classes, a JSON list.</summary>
    public const string ClassNamesKey = "class_names";

    /// <summary>What the columns of an input row hold, in order, a JSON object: how many z, labels or categories (one of them 1, the others 0), and continuous codes.</summary>
    public const string InputColumnsKey = "input_columns";

    /// <summary>The metadata of a generator.</summary>
    /// <param name="generator">What is exported.</param>
    /// <param name="step">The step of the snapshot that its weights are from.</param>
    /// <param name="replica">The replica of the run.</param>
    /// <param name="weightsSha256">SHA-256 of the snapshot's file of weights.</param>
    /// <param name="averaged">Whether they are the moving average.</param>
    public static IReadOnlyDictionary<string, string> Of(TrainedGenerator generator, long step, int replica, string weightsSha256, bool averaged)
    {
        var shape = generator.Shape;
        var metadata = new Dictionary<string, string>
        {
            ["producer"] = "DistGan",
            [RecipeKey] = Encoding.UTF8.GetString(RecipeJson.Serialize(WithoutFolders(generator.Recipe))),
            [RecipeSha256Key] = RecipeJson.Sha256(generator.Recipe),
            ["step"] = step.ToString(CultureInfo.InvariantCulture),
            ["replica"] = replica.ToString(CultureInfo.InvariantCulture),
            ["weights"] = averaged ? "averaged" : "raw",
            ["weights_sha256"] = weightsSha256,
            [SampleShapeKey] = shape.IsImage ? $"[{shape.Channels}, {shape.Height}, {shape.Width}]" : $"[{shape.Channels}]",
            ["sample_range"] = shape.IsImage ? "[-1, 1]" : "unbounded",
            ["latent_size"] = generator.Recipe.Latent.Size.ToString(CultureInfo.InvariantCulture),
            ["latent_distribution"] = generator.Recipe.Latent.Distribution,
        };
        AddCodes(metadata, generator);
        return metadata;
    }

    /// <summary>What follows z in a row of the input, and what labels mean.</summary>
    private static void AddCodes(Dictionary<string, string> metadata, TrainedGenerator generator)
    {
        var layout = generator.Layout;
        if (layout.Code > 0)
        {
            metadata["conditioning"] = generator.Recipe.Conditioning.Kind;
            metadata["input_size"] = layout.Width.ToString(CultureInfo.InvariantCulture);
            metadata[InputColumnsKey] = Columns(layout, generator.Labels is null ? "categories" : "labels");
            metadata["code_categories"] = layout.Categories.ToString(CultureInfo.InvariantCulture);
            metadata["code_continuous"] = layout.Continuous.ToString(CultureInfo.InvariantCulture);
        }

        if (generator.Labels is { } labels)
        {
            metadata[ClassCountsKey] = JsonSerializer.Serialize(labels.Counts);
            metadata[ClassNamesKey] = JsonSerializer.Serialize(labels.Names);
        }
    }

    private static string Columns(LatentLayout layout, string categories)
    {
        var parts = new[] { ("z", layout.Noise), (categories, layout.Categories), ("continuous", layout.Continuous) };
        return $"{{{string.Join(", ", parts.Where(static part => part.Item2 > 0).Select(static part => $"\"{part.Item1}\": {part.Item2}"))}}}";
    }

    /// <summary>An exported file travels; where data lie on one machine concerns nobody else.</summary>
    private static Recipe WithoutFolders(Recipe recipe)
        => recipe with { Data = recipe.Data with { Idx = NameOf(recipe.Data.Idx), Labels = NameOf(recipe.Data.Labels), Folder = NameOf(recipe.Data.Folder), Base = NameOf(recipe.Data.Base)! } };

    private static string? NameOf(string? path) => path is null ? null : Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
}
