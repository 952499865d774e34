namespace DistGan.Grains.Interfaces.Replay.Rings;

/// <summary>
/// Where in a ring the images of one replica are, and so where those of all others are: the k-th of either kind, and the next from a place on, in O(log n)
/// for n groups. Places are ordinals among all images since the ring was emptied.
/// </summary>
internal sealed class OwnImages
{
    private readonly List<Run> _runs = [];
    private int _oldest;
    private long _next;

    /// <summary>Images of the replica that are stored.</summary>
    public long Count => _oldest == _runs.Count ? 0 : _next - _runs[_oldest].OwnFirst;

    /// <summary>Adds a group, newer than all before it.</summary>
    public void Add(long first, int count)
    {
        _runs.Add(new Run(first, count, _next));
        _next += count;
    }

    /// <summary>Forgets the oldest group.</summary>
    public void RemoveOldest()
    {
        _oldest++;
        if (_oldest > 64 && _oldest > _runs.Count / 2)
        {
            _runs.RemoveRange(0, _oldest);
            _oldest = 0;
        }
    }

    /// <summary>The place of its k-th image, the oldest being 0; k in [0, Count).</summary>
    public long At(long k)
    {
        var own = _runs[_oldest].OwnFirst + k;
        var run = _runs[Last(run => run.OwnFirst <= own)];
        return run.First + own - run.OwnFirst;
    }

    /// <summary>The place of the k-th image of others, the oldest being 0.</summary>
    /// <param name="k">At least 0.</param>
    /// <param name="first">The place of the oldest image in the ring.</param>
    public long OtherAt(long k, long first)
    {
        // Others before a run are a number that never falls from run to run: the image lies right behind the last run that has at most k before it.
        var index = Last(run => OthersBefore(run, first) <= k);
        return index < _oldest ? first + k : _runs[index].First + _runs[index].Count + k - OthersBefore(_runs[index], first);
    }

    /// <summary>Its images that lie before a place.</summary>
    public long Before(long place)
    {
        var index = Last(run => run.First < place);
        return index < _oldest ? 0 : _runs[index].OwnFirst - _runs[_oldest].OwnFirst + Math.Min(place - _runs[index].First, _runs[index].Count);
    }

    private long OthersBefore(Run run, long first) => run.First - first - (run.OwnFirst - _runs[_oldest].OwnFirst);

    /// <summary>The last run for which something holds that holds up to a run and not behind it; one less than the oldest where it holds for none.</summary>
    private int Last(Func<Run, bool> holds)
    {
        int low = _oldest - 1, high = _runs.Count - 1;
        while (low < high)
        {
            var middle = low + ((high - low + 1) / 2);
            if (holds(_runs[middle]))
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return low;
    }

    private readonly record struct Run(long First, int Count, long OwnFirst);
}
