using DistGan.Grains.Interfaces.Discriminators;
using DistGan.Grains.Parameters;

namespace DistGan.Grains.Discriminators;

/// <summary>
/// The newest version of a generator, its batches, and the gradients that discriminators answer with: discriminator n answers of batch n mod k. An answer
/// counts while its version is the newest and not yet heard; every other one, and one whose numbers are not finite, is dropped and counted.
/// </summary>
public sealed class Meeting
{
    private readonly Dictionary<int, NumbersInParts> _answers = [];
    private Dictionary<int, NumbersInParts> _batches = [];
    private Dictionary<int, NumbersInParts> _coming = [];
    private Dictionary<int, float[][]> _sums = [];
    private Attendance? _attendance;
    private VersionId _next;
    private bool _isHeard;
    private int _late;
    private long _closed = -1;

    /// <summary>The newest version; null before the first.</summary>
    public VersionNotice? Newest { get; private set; }

    /// <summary>Takes a part of a batch of a version to come; one that is not finite is dropped, so that its version is never announced.</summary>
    /// <exception cref="DistGan.Recipes.DistGanException">It does not fit the parts that came before.</exception>
    public void Put(int batch, NumbersPart part)
    {
        if (part.Version < _next || part.Version <= Newest?.Version || !FloatSpans.IsFinite(part.Values.Span))
        {
            return;
        }

        if (part.Version > _next)
        {
            (_next, _coming) = (part.Version, []);
        }

        Of(_coming, batch, part.Parts).Add(part);
    }

    /// <summary>Makes the version that was put last the newest; false where it is not that one, or not whole.</summary>
    public bool Announce(VersionNotice notice)
    {
        if (notice.Version != _next || notice.Version.Start <= _closed || _coming.Count != notice.Batches || _coming.Values.Any(static batch => !batch.IsWhole))
        {
            return false;
        }

        _attendance ??= new(notice.Replicas);
        if (Newest is not null && !_isHeard)
        {
            _attendance.Close();
        }

        (Newest, _batches, _coming, _isHeard) = (notice, _coming, [], false);
        _answers.Clear();
        _sums = [];
        return true;
    }

    /// <summary>The newest version for one that knows an older one of the same start of the job; null where there is none, or its answers are over already.</summary>
    public VersionNotice? Next(int replica, VersionId known)
    {
        if (_isHeard || Newest is not { } newest || newest.Version.Start != known.Start || newest.Version <= known)
        {
            return null;
        }

        _attendance!.Take(replica);
        return newest;
    }

    /// <summary>A part of a batch of the newest version; empty where that is another one.</summary>
    public ReadOnlyMemory<float> Read(VersionId version, int batch, int part)
        => version == Newest?.Version && _batches.TryGetValue(batch, out var numbers) ? numbers[part] : default;

    /// <summary>Takes a part of a replica's answer; one that does not count any more is counted as late once.</summary>
    /// <exception cref="DistGan.Recipes.DistGanException">It does not fit the parts that came before.</exception>
    public void Answer(int replica, NumbersPart part)
    {
        if (part.Version != Newest?.Version || _isHeard)
        {
            _late += part.Part == part.Parts - 1 ? 1 : 0;
            return;
        }

        var answer = Of(_answers, replica, part.Parts);
        answer.Add(part);
        if (!answer.IsWhole)
        {
            return;
        }

        if (IsFinite(answer))
        {
            _attendance!.Answer(replica);
        }
        else
        {
            _late++;
            _answers.Remove(replica);
            _attendance!.Excuse(replica);
        }
    }

    /// <summary>Whether nobody is waited for any more.</summary>
    public bool IsComplete(int quorum) => _attendance is null || _isHeard || _attendance.IsComplete(quorum);

    /// <summary>Ends the answers to a version and sums them up.</summary>
    public FeedbackNotice Hear(VersionId version)
    {
        if (version != Newest?.Version || _isHeard)
        {
            return new FeedbackNotice { IsKnown = false };
        }

        int[] members = [.. _attendance!.Answered];
        _sums = members.GroupBy(replica => replica % Newest.Batches).ToDictionary(static batch => batch.Key, batch => Sum([.. batch.Select(replica => _answers[replica])]));
        var notice = new FeedbackNotice { IsKnown = true, Members = members, Late = _late, Parts = members.Length == 0 ? 0 : _answers[members[0]].Count };
        _attendance.Close();
        _answers.Clear();
        (_isHeard, _late) = (true, 0);
        return notice;
    }

    /// <summary>A part of the sum of the answers of a batch; empty where there are none.</summary>
    public ReadOnlyMemory<float> Sum(VersionId version, int batch, int part)
        => version == Newest?.Version && _sums.TryGetValue(batch, out var sum) && part >= 0 && part < sum.Length ? sum[part] : default(ReadOnlyMemory<float>);

    /// <summary>No version of that start of the job, or an earlier one, will come any more.</summary>
    public void Close(long start) => _closed = Math.Max(_closed, start);

    /// <summary>Whether no version of that start of the job will come any more.</summary>
    public bool IsOver(long start) => start <= _closed;

    private static NumbersInParts Of(Dictionary<int, NumbersInParts> all, int key, int parts)
    {
        if (!all.TryGetValue(key, out var numbers))
        {
            all.Add(key, numbers = new(parts));
        }

        return numbers;
    }

    private static bool IsFinite(NumbersInParts numbers) => Enumerable.Range(0, numbers.Count).All(part => FloatSpans.IsFinite(numbers[part].Span));

    private static float[][] Sum(IReadOnlyList<NumbersInParts> answers)
        => [.. Enumerable.Range(0, answers[0].Count).Select(part =>
        {
            var sum = new double[answers[0][part].Length];
            foreach (var answer in answers)
            {
                FloatSpans.AddTo(sum, answer[part].Span);
            }

            return Array.ConvertAll(sum, static value => (float)value);
        })];
}
