using DistGan.Grains.Interfaces.Parameters;

namespace DistGan.Worker.Tests.Fakes;

/// <summary>Totals in memory.</summary>
internal sealed class FakeParameterGrain : IParameterGrain
{
    private readonly Lock _gate = new();
    private double[]? _sum;
    private long _count;
    private long _start;

    public Func<Task> BeforeContribute { get; set; } = () => Task.CompletedTask;

    public async Task<ParameterShard> ContributeAsync(ParameterShard contribution, CancellationToken cancellationToken = default)
    {
        await BeforeContribute();
        lock (_gate)
        {
            _sum ??= new double[contribution.Values.Length];
            for (var i = 0; i < _sum.Length; i++)
            {
                _sum[i] += contribution.Values.Span[i];
            }

            _count += contribution.Count;
            return new ParameterShard { Count = _count, Values = _sum.Select(value => (float)(value / _count)).ToArray() };
        }
    }

    public Task<ParameterTotals> CaptureAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return Task.FromResult(new ParameterTotals { Count = _count, Sum = (_sum ?? []).ToArray() });
        }
    }

    public async Task<bool> OpenAsync(long start, ParameterTotals? totals, CancellationToken cancellationToken = default)
    {
        var isNew = Interlocked.Exchange(ref _start, start) != start;
        if (isNew)
        {
            await RestoreAsync(totals, cancellationToken);
        }

        return isNew;
    }

    public Task RestoreAsync(ParameterTotals? totals, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            (_sum, _count) = (totals?.Sum.ToArray(), totals?.Count ?? 0);
        }

        return Task.CompletedTask;
    }
}
