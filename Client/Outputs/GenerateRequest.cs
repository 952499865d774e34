using DistGan.Client.Champions;

namespace DistGan.Client.Outputs;

/// <summary>What the arguments of <c>generate</c> say.</summary>
internal sealed record GenerateRequest
{
    /// <summary>The run folder as the user wrote it.</summary>
    public required string Run { get; init; }

    /// <summary>Samples, or of each label where labels are asked for.</summary>
    public int? Count { get; init; }

    public long Seed { get; init; }

    public double Truncation { get; init; }

    public int? Replica { get; init; }

    /// <summary>The plain weights instead of the averaged ones.</summary>
    public bool Raw { get; init; }

    /// <summary>The labels that are asked for, as the user wrote them; none draws them as often as the data have them.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Draws from the champions instead of one generator.</summary>
    public bool Champions { get; init; }

    /// <summary>How champions are mixed; null is uniform.</summary>
    public Distribution? Distribution { get; init; }

    /// <summary>A folder, or a .png file.</summary>
    public required string Out { get; init; }

    public int? Rows { get; init; }

    public int? Columns { get; init; }

    public bool Json { get; init; }

    /// <summary>Replace the samples of an earlier call.</summary>
    public bool Yes { get; init; }

    /// <summary>Whether the output is one picture.</summary>
    public bool IsFile => Path.GetExtension(Out).Equals(".png", StringComparison.OrdinalIgnoreCase);
}
