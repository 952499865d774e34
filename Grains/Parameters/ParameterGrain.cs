using DistGan.Grains.Interfaces.Parameters;
using Microsoft.Extensions.Logging;

namespace DistGan.Grains.Parameters;

/// <summary>A <see cref="RunningSum"/>.</summary>
[KeepAlive]
internal sealed partial class ParameterGrain(ILogger<ParameterGrain> logger) : Grain, IParameterGrain
{
    private readonly RunningSum _sum = new();
    private long _start;

    public Task<ParameterShard> ContributeAsync(ParameterShard contribution, CancellationToken cancellationToken = default)
    {
        if (!_sum.Add(contribution.Values.Span, contribution.Count))
        {
            LogRefused(logger, this.GetPrimaryKeyString(), _sum.Refused);
        }

        return Task.FromResult(new ParameterShard { Count = _sum.Count, Values = _sum.Mean() });
    }

    public Task<ParameterTotals> CaptureAsync(CancellationToken cancellationToken = default) => Task.FromResult(_sum.Capture());

    public Task<bool> OpenAsync(long start, ParameterTotals? totals, CancellationToken cancellationToken = default)
    {
        var isNew = _start != start;
        if (isNew)
        {
            _sum.Restore(totals);
            _start = start;
        }

        return Task.FromResult(isNew);
    }

    public Task RestoreAsync(ParameterTotals? totals, CancellationToken cancellationToken = default)
    {
        _sum.Restore(totals);
        return Task.CompletedTask;
    }
}
