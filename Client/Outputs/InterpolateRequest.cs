namespace DistGan.Client.Outputs;

/// <summary>What the arguments of <c>interpolate</c> say.</summary>
internal sealed record InterpolateRequest
{
    /// <summary>Columns of a strip where nothing else is asked for.</summary>
    public const int UsualFramesOfStrip = 10;

    /// <summary>Frames of an animation where nothing else is asked for.</summary>
    public const int UsualFrames = 60;

    /// <summary>The run folder as the user wrote it.</summary>
    public required string Run { get; init; }

    /// <summary>Seeds of the stops; null where none is given.</summary>
    public IReadOnlyList<long>? Seeds { get; init; }

    /// <summary>Labels of the stops, as the user wrote them; one is held all along, and none leaves each stop the label that its seed draws.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>What is varied of one sample instead of walking between several, such as <c>z3,c1</c>; null walks.</summary>
    public string? Vary { get; init; }

    /// <summary>Where varied numbers begin; null is the usual.</summary>
    public double? From { get; init; }

    /// <summary>Where they end.</summary>
    public double? To { get; init; }

    /// <summary>Frames of the whole walk; null is the usual.</summary>
    public int? Frames { get; init; }

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
