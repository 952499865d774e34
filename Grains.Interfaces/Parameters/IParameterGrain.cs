namespace DistGan.Grains.Interfaces.Parameters;

/// <summary>The running average of one range of a player's parameters. Key: lineage/player/shard; a shard is at most 262,144 numbers (1 MiB).</summary>
[Alias("distgan.parameters")]
public interface IParameterGrain : IGrainWithStringKey
{
    /// <summary>Adds Σθ and its count, and returns the average over everything contributed so far. Non-finite sums are refused and counted.</summary>
    [Alias("contribute")]
    Task<ParameterShard> ContributeAsync(ParameterShard contribution, CancellationToken cancellationToken = default);

    /// <summary>The total sum and count.</summary>
    [Alias("capture")]
    Task<ParameterTotals> CaptureAsync(CancellationToken cancellationToken = default);

    /// <summary>Replaces the totals once for a start of the job; false, and nothing changes, where that start has opened it before.</summary>
    [Alias("open")]
    Task<bool> OpenAsync(long start, ParameterTotals? totals, CancellationToken cancellationToken = default);

    /// <summary>Replaces the totals; null empties the grain.</summary>
    [Alias("restore")]
    Task RestoreAsync(ParameterTotals? totals, CancellationToken cancellationToken = default);
}
