namespace DistGan.Training.Data.Sources;

/// <summary>What is known of a named data set without opening it.</summary>
public sealed record DataSetCard
{
    public required string Name { get; init; }

    /// <summary>One line for a list.</summary>
    public required string Description { get; init; }

    /// <summary>Number of samples.</summary>
    public required long Samples { get; init; }

    /// <summary>The shape of a sample as it is stored.</summary>
    public required SampleShape Shape { get; init; }

    /// <summary>Number of classes.</summary>
    public required int Classes { get; init; }

    /// <summary>Names by label; empty where numbers say it.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>Licence and owner.</summary>
    public required string Licence { get; init; }

    /// <summary>Where its makers describe it; null for what is drawn.</summary>
    public string? Homepage { get; init; }

    /// <summary>The files to get; none for what is shipped or drawn.</summary>
    public IReadOnlyList<DataFile> Files { get; init; } = [];

    /// <summary>The Debian package that holds it, or null.</summary>
    public string? Package { get; init; }

    /// <summary>The set that it is made of where a recipe says nothing else, or null.</summary>
    public string? MadeOf { get; init; }

    /// <summary>Whether it comes with the program, as files or as a formula.</summary>
    public bool IsBuiltIn => Files.Count == 0 && MadeOf is null;
}
