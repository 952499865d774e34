namespace DistGan.Client.Outputs;

/// <summary>What the arguments of <c>interpolate</c> say.</summary>
internal sealed record InterpolateRequest
{
    /// <summary>The run folder as the user wrote it.</summary>
    public required string Run { get; init; }

    /// <summary>Seeds of the stops, two or more.</summary>
    public required IReadOnlyList<long> Seeds { get; init; }

    /// <summary>Frames of the whole walk.</summary>
    public required int Frames { get; init; }

    public double FramesPerSecond { get; init; }

    /// <summary>Back to the first stop at the end.</summary>
    public bool Loop { get; init; }

    /// <summary>One still picture with the frames side by side.</summary>
    public bool Strip { get; init; }

    public int? Rows { get; init; }

    public int? Columns { get; init; }

    public double Truncation { get; init; }

    public int? Replica { get; init; }

    /// <summary>The plain weights instead of the averaged ones.</summary>
    public bool Raw { get; init; }

    public required string Out { get; init; }

    public bool Json { get; init; }
}
