using DistGan.Training.Snapshots;

namespace DistGan.Worker.Links;

/// <summary>Copies of outstanding answers for one snapshot; filled under the lock of its <see cref="AnswerBox{T}"/>.</summary>
internal sealed class AnswerCopies<T>(IReadOnlyCollection<long> boundaries, Func<long, T, IEnumerable<NamedArray>> copy)
    where T : class, IDisposable
{
    private readonly HashSet<long> _missing = [.. boundaries];
    private readonly SortedDictionary<long, NamedArray[]> _copies = [];

    /// <summary>The copies, oldest boundary first.</summary>
    public IReadOnlyList<NamedArray> Arrays => [.. _copies.Values.SelectMany(arrays => arrays)];

    public void Add(long boundary, T answer)
    {
        if (_missing.Remove(boundary))
        {
            _copies[boundary] = [.. copy(boundary, answer)];
        }
    }
}
