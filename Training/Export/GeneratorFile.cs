using System.Text;
using System.Text.Json;
using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Snapshots;
using DistGan.Training.Steps;

namespace DistGan.Training.Export;

/// <summary>
/// A trained generator as a safetensors file: weights and standing statistics under the names of the network's layout, and
/// metadata with the recipe, so that the file alone makes the generator again.
/// </summary>
public static class GeneratorFile
{
    /// <summary>Writes weights, statistics and metadata.</summary>
    public static void Write(Stream stream, TrainedGenerator generator, IReadOnlyDictionary<string, string> metadata)
        => Safetensors.Write(stream, generator.ToArrays(), metadata);

    /// <summary>Makes the generator again; the caller disposes it. It draws the same samples from the same latents.</summary>
    /// <param name="stream">Positioned at the start.</param>
    /// <param name="source">What errors call it, such as a file name.</param>
    /// <exception cref="DistGanException">It is damaged, was not exported by DistGan, or its arrays do not fit its recipe.</exception>
    public static TrainedGenerator Read(Stream stream, string source)
    {
        var arrays = Safetensors.Read(stream, source, out var metadata);
        var recipe = RecipeJson.Deserialize(Encoding.UTF8.GetBytes(Find(metadata, ExportMetadata.RecipeKey, source)));
        return new TrainedGenerator(recipe, ShapeOf(Find(metadata, ExportMetadata.SampleShapeKey, source), source), arrays, labels: LabelsOf(metadata, source));
    }

    /// <summary>The recipe that an exported file carries; null where its metadata hold none.</summary>
    /// <exception cref="DistGanException">It is no recipe of this version.</exception>
    public static Recipe? RecipeOf(IReadOnlyDictionary<string, string> metadata)
        => metadata.TryGetValue(ExportMetadata.RecipeKey, out var json) ? RecipeJson.Deserialize(Encoding.UTF8.GetBytes(json)) : null;

    private static string Find(IReadOnlyDictionary<string, string> metadata, string key, string source)
        => metadata.TryGetValue(key, out var value)
            ? value
            : throw new DistGanException($"{source} holds no '{key}' in its metadata, so its network is not known: take a file that 'distgan export --format safetensors' made.");

    private static DataLabels? LabelsOf(IReadOnlyDictionary<string, string> metadata, string source)
    {
        if (!metadata.TryGetValue(ExportMetadata.ClassCountsKey, out var counts))
        {
            return null;
        }

        try
        {
            var names = metadata.TryGetValue(ExportMetadata.ClassNamesKey, out var written) ? JsonSerializer.Deserialize<string[]>(written) : null;
            return new DataLabels(JsonSerializer.Deserialize<long[]>(counts) ?? [], names ?? []);
        }
        catch (JsonException error)
        {
            throw new DistGanException($"{source} is damaged: its class_counts are '{counts}' ({error.Message}); take another copy.", error);
        }
    }

    private static SampleShape ShapeOf(string text, string source)
    {
        try
        {
            return JsonSerializer.Deserialize<int[]>(text) switch
            {
                [var channels, var height, var width] => new SampleShape(channels, height, width),
                [var channels] => SampleShape.Point(channels),
                _ => throw new JsonException("one or three numbers are expected"),
            };
        }
        catch (JsonException error)
        {
            throw new DistGanException($"{source} is damaged: its sample_shape is '{text}' ({error.Message}); take another copy.", error);
        }
    }
}
