namespace DistGan.Bench.Measuring;

/// <summary>Threads that do nothing but burn time until they are disposed: a machine that has other work.</summary>
internal sealed class Neighbours : IDisposable
{
    private readonly Thread[] _threads;
    private volatile bool _ends;

    public Neighbours(int count)
    {
        _threads = [.. Enumerable.Range(0, count).Select(_ => new Thread(Burn) { IsBackground = true })];
        foreach (var thread in _threads)
        {
            thread.Start();
        }
    }

    public void Dispose()
    {
        _ends = true;
        foreach (var thread in _threads)
        {
            thread.Join();
        }
    }

    private void Burn()
    {
        while (!_ends)
        {
            // Nothing: the time itself is what it takes.
        }
    }
}
