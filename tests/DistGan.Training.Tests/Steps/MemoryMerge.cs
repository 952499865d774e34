using DistGan.Training.Links;

namespace DistGan.Training.Tests.Steps;

/// <summary>A merge in memory that keeps what is contributed, and answers what a test says.</summary>
internal sealed class MemoryMerge : IMergeSource
{
    public List<MergeContribution> Contributed { get; } = [];

    /// <summary>The merged vectors for a contribution; null for no answer.</summary>
    public Func<MergeContribution, IReadOnlyDictionary<MergedVector, ReadOnlyMemory<float>>?> Answer { get; set; } = static _ => null;

    /// <summary>What a merged vector is said to have been contributed as; null for what it was. With the numbers of the moment of the move, a merge overwrites them.</summary>
    public Func<MergedVector, ReadOnlyMemory<float>>? Contributor { get; set; }

    public double Pull { get; set; } = 1;

    public void Contribute(MergeContribution contribution) => Contributed.Add(contribution);

    public MergedParameters? Take(long boundary)
    {
        var contribution = Contributed.Find(made => made.Boundary == boundary);
        return contribution is not null && Answer(contribution) is { } merged
            ? new MergedParameters(boundary, boundary, 2, Pull, merged.ToDictionary(pair => pair.Key, pair => new MergeTarget(Contributor?.Invoke(pair.Key) ?? contribution.Vectors[pair.Key], pair.Value)))
            : null;
    }

    /// <summary>Every number of a contribution moved by the same distance.</summary>
    public static IReadOnlyDictionary<MergedVector, ReadOnlyMemory<float>> Shifted(MergeContribution contribution, float by)
        => contribution.Vectors.ToDictionary(static pair => pair.Key, pair => (ReadOnlyMemory<float>)pair.Value.ToArray().Select(number => number + by).ToArray());
}
