using DistGan.Recipes;

namespace DistGan.Silo.Documents;

/// <summary>The recipes that come with the program.</summary>
public sealed record PresetListDocument
{
    public string Schema { get; init; } = "distgan.presets/1";

    public required IReadOnlyList<PresetDocument> Presets { get; init; }

    /// <summary>All of them, in the order of the catalog.</summary>
    public static PresetListDocument All { get; } = new()
    {
        Presets = [.. Recipes.Presets.List.Select(static preset => new PresetDocument { Preset = preset.Name, Description = preset.Description })],
    };
}
