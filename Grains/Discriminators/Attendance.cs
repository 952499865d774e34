namespace DistGan.Grains.Discriminators;

/// <summary>
/// Whom the generator waits for, version after version: those who answered the version before in time, and those who take the present one. Who is
/// late m times in a row is not waited for in the next 2^(m−1) − 1 versions (at most 63) unless it answers one of them in time: so one that is gone costs
/// one deadline, one that has fallen behind by less than an update is waited for at once, and one that is always slow costs ever fewer deadlines.
/// </summary>
public sealed class Attendance
{
    private const int MostDoublings = 6;
    private readonly SortedSet<int> _answered = [];
    private readonly SortedSet<int> _expected;
    private readonly Dictionary<int, (int Times, long Until)> _late = [];
    private long _versions;

    /// <param name="replicas">Replicas of the job; all but replica 0 are waited for at first.</param>
    public Attendance(int replicas) => _expected = [.. Enumerable.Range(1, Math.Max(0, replicas - 1))];

    /// <summary>Who has answered the present version, in ascending order.</summary>
    public IReadOnlyCollection<int> Answered => _answered;

    /// <summary>Whether nobody is waited for any more.</summary>
    /// <param name="quorum">Discriminators that are enough, the generator's own among them; 0 for all.</param>
    public bool IsComplete(int quorum) => (quorum > 0 && _answered.Count + 1 >= quorum) || _expected.IsSubsetOf(_answered);

    /// <summary>A replica has taken the present version.</summary>
    public void Take(int replica)
    {
        if (!_late.TryGetValue(replica, out var late) || _versions > late.Until)
        {
            _expected.Add(replica);
        }
    }

    /// <summary>A replica has answered the present version.</summary>
    public void Answer(int replica) => _answered.Add(replica);

    /// <summary>A replica will not answer the present version.</summary>
    public void Excuse(int replica) => _expected.Remove(replica);

    /// <summary>The present version is over, and the next begins.</summary>
    public void Close()
    {
        foreach (var replica in _expected.Except(_answered))
        {
            var times = _late.GetValueOrDefault(replica).Times + 1;
            _late[replica] = (times, _versions + (1L << Math.Min(times - 1, MostDoublings)) - 1);
        }

        _expected.Clear();
        foreach (var replica in _answered)
        {
            _late.Remove(replica);
            _expected.Add(replica);
        }

        _answered.Clear();
        _versions++;
    }
}
