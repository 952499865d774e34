namespace DistGan.Training.Data.Sources;

/// <summary>The surroundings in which a data set is opened.</summary>
public sealed record DataOpening
{
    /// <summary>Where files are looked for.</summary>
    public DataPlaces Places { get; init; } = DataPlaces.OfUser();

    /// <summary>What the set is called in messages and scores; null for the name of its folder or file.</summary>
    public string? Name { get; init; }

    /// <summary>Told of files that are left out; called on the opening thread.</summary>
    public Action<string> Warn { get; init; } = static _ => { };

    /// <summary>Told now and then how far the opening is; called on the opening thread.</summary>
    public Action<DataProgress> Report { get; init; } = static _ => { };
}
