namespace DistGan.Silo.Documents;

/// <summary>A recipe that comes with the program.</summary>
public sealed record PresetDocument
{
    public required string Preset { get; init; }

    /// <summary>One line about it.</summary>
    public required string Description { get; init; }
}
