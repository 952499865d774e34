namespace DistGan.Client.Display;

/// <summary>The course of one value: at most a few hundred points, thinned out evenly as more come. Not thread-safe.</summary>
public sealed class History
{
    private const int Most = 512;

    private readonly List<(long Step, double Value)> _points = [];
    private int _every = 1;
    private int _skipped;

    /// <summary>What is kept, oldest first.</summary>
    public IReadOnlyList<(long Step, double Value)> Points => _points;

    /// <summary>The newest value; null before the first.</summary>
    public double? Last { get; private set; }

    /// <summary>Takes a value; one that is not finite is passed over, and a step back, after a rollback, drops what it overtakes.</summary>
    public void Add(long step, double value)
    {
        if (!double.IsFinite(value))
        {
            return;
        }

        Last = value;
        _points.RemoveAll(point => point.Step >= step);
        if (++_skipped < _every)
        {
            return;
        }

        _skipped = 0;
        _points.Add((step, value));
        if (_points.Count > Most)
        {
            _every *= 2;
            var kept = _points.Where(static (_, i) => i % 2 == 0).ToList();
            _points.Clear();
            _points.AddRange(kept);
        }
    }
}
